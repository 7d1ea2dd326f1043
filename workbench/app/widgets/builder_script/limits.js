// Who is never included, and who stays when not everybody can.

const WithLimits = (Base) => class extends Base {
  never() {
    const items = this.tree.suppress;
    const add = (reason) => {
      const more = { no_consent: { channel: "email" }, frequency_cap: { max: 3, in_last: { n: 30, unit: "day" } } }[reason] || {};
      items.push(fresh("suppression", { reason, ...more }));
      this.changed();
    };
    const open = ["excluded_from_segments", "privacy_blocked", "no_consent", "frequency_cap"]
      .filter((reason) => !["excluded_from_segments", "privacy_blocked"].includes(reason) || !items.some((item) => item.reason === reason));
    return h("section", { key: "never", class: "card extra", "aria-label": this.t("never") },
      h("div", { class: "row-line" }, h("span", { class: "lead" }, this.t("never"))),
      items.map((item, index) => this.suppression(item, index)),
      h("div", { key: "more", class: "more" }, open.map((reason) => textButton("plus", this.t(`suppress_${reason}`), () => add(reason)))));
  }

  suppression(item, index) {
    const items = this.tree.suppress;
    const moved = (by) => () => { items.splice(index + by, 0, ...items.splice(index, 1)); this.changed(); };
    const held = this.isAhead ? null : this.counts.suppressed[index];
    return h("div", { key: item.id, class: "rule" }, h("div", { class: "rule-line" },
      h("div", { class: "rule-inputs" }, h("span", { key: "name" }, this.t(`suppress_${item.reason}`)), this.suppressionInputs(item)),
      h("span", { class: "rule-side" },
        h("span", { class: "buttons", key: "buttons" },
          iconButton("up", this.t("up"), moved(-1), { disabled: index === 0 }),
          iconButton("down", this.t("down"), moved(1), { disabled: index === items.length - 1 }),
          iconButton("remove", this.t("remove"), () => { items.splice(index, 1); this.changed(); })),
        typeof held === "number" && h("span", { key: "count", class: "count less", title: this.t("held_back_help") }, held ? `−${this.n(held)}` : "0"))));
  }

  suppressionInputs(item) {
    if (item.reason === "no_consent") return this.consentInputs(item);
    if (item.reason !== "frequency_cap") return null;
    const put = (name) => (value) => { item[name] = value; this.changed(`${name}-${item.id}`); };
    const now = (value) => { item.in_last = value; this.changed(); };
    return [
      wholeNumberInput("max", this.t("times"), item.max, put("max")), h("span", { key: "times", class: "quiet" }, this.t("times_in_last")),
      this.spanInput("span", item.in_last, put("in_last"), now),
    ];
  }

  consentInputs(item) {
    const channels = ["email", "phone", "post", "sms"].map((value) => ({ value, label: this.t(`channel_${value}`) }));
    const purposes = [...new Set([...this.data.catalogue.purposes, ...(item.purpose ? [item.purpose] : [])])];
    const options = [{ value: "", label: this.t("any_purpose") }, ...purposes.map((value) => ({ value, label: value }))];
    return [
      select("channel", this.t("channel"), item.channel, channels, (channel) => { item.channel = channel; this.changed(); }),
      options.length > 1 && select("purpose", this.t("purpose"), item.purpose || "", options, (purpose) => { item.purpose = purpose || null; this.changed(); }),
    ];
  }

  limit() {
    const limit = this.tree.limit;
    const begin = () => {
      this.tree.limit = { top: 1000, per: null, by: [], one_per: null, survivor: [], sample: null };
      this.changed();
    };
    if (!limit) return h("div", { key: "limit", class: "more" }, textButton("plus", this.t("add_limit"), begin));
    const end = () => { this.tree.limit = null; this.changed(); };
    const cut = this.counts.limited;
    return h("section", { key: "limit", class: "card extra", "aria-label": this.t("limit") },
      h("div", { class: "rule-line" },
        h("div", { class: "rule-inputs" }, h("span", { class: "lead" }, this.t("one_per")), this.onePerInput(limit)),
        h("span", { class: "rule-side" }, h("span", { class: "buttons" }, iconButton("remove", this.t("remove"), end)),
          cut ? h("span", { key: "count", class: "count less" }, `−${this.n(cut)}`) : null)),
      limit.one_per && limit.one_per !== "contact" && this.orders("survivor"),
      this.sampleLine(limit), this.topLine(limit), limit.top !== null && this.orders("by"));
  }

  onePerInput(limit) {
    const keys = ["", "contact", "company", "household", "email", "phone"].map((value) => ({ value, label: this.t(`one_per_${value || "any"}`) }));
    const pick = (key) => {
      limit.one_per = key || null;
      if (!key || key === "contact") limit.survivor = [];
      this.changed();
    };
    return select("one-per", this.t("one_per"), limit.one_per || "", keys, pick);
  }

  sampleLine(limit) {
    const flip = () => { limit.sample = limit.sample ? null : { n: 1000, seed: "1" }; this.changed(); };
    return h("div", { key: "sample", class: "row-line" },
      h("label", { class: "unknown" }, h("input", { key: "box", type: "checkbox", checked: Boolean(limit.sample), onchange: flip }), h("span", null, this.t("sample"))),
      limit.sample && this.sampleInputs(limit));
  }

  sampleInputs(limit) {
    const { seed } = limit.sample;
    const isShare = "share" in limit.sample;
    const size = isShare ? Math.round(limit.sample.share * 1e6) / 1e4 : limit.sample.n;
    const sized = (share, number) => (share ? { share: number === null ? null : Math.min(number, 100) / 100, seed } : { n: number, seed });
    const units = ["contacts", "percent"].map((value) => ({ value, label: this.t(`sample_${value}`) }));
    const put = (number) => { limit.sample = sized(isShare, isShare || number === null ? number : Math.max(1, Math.round(number))); this.changed("sample"); };
    const pick = (unit) => { limit.sample = sized(unit === "percent", unit === "percent" ? 10 : 1000); this.changed(); };
    const reseed = (text) => { limit.sample = { ...limit.sample, seed: text || null }; this.changed("seed"); };
    return [
      numberInput("size", this.t("how_many"), size, put, { min: 0 }), select("unit", this.t("unit"), isShare ? "percent" : "contacts", units, pick),
      h("span", { key: "seed-word", class: "quiet" }, this.t("seed")), input("seed", this.t("seed_help"), "text", seed, reseed, { class: "number short" }),
    ];
  }

  topLine(limit) {
    const flip = () => { limit.top = limit.top === null ? 1000 : null; limit.per = null; limit.by = limit.top === null ? [] : limit.by; this.changed(); };
    const fields = this.data.catalogue.contact.filter((column) => column.type !== "many_valued").map((column) => ({ value: column.name, label: column.label }));
    const per = [{ value: "", label: this.t("per_all") }, ...fields.map(({ value, label }) => ({ value, label: `${this.t("per")} ${label}` }))];
    return h("div", { key: "top", class: "row-line" },
      h("label", { class: "unknown" }, h("input", { key: "box", type: "checkbox", checked: limit.top !== null, onchange: flip }), h("span", null, this.t("limit"))),
      limit.top !== null && wholeNumberInput("top", this.t("top"), limit.top, (top) => { limit.top = top || 1; this.changed("top"); }),
      limit.top !== null && select("per", this.t("per_help"), limit.per || "", per, (field) => { limit.per = field || null; this.changed(); }));
  }

  // The order in which contacts come first, or the one that decides who of several stays.
  orders(name) {
    const items = this.tree.limit[name];
    const add = () => {
      const item = fresh("order", { field: "", order: "descending" });
      items.push(item);
      this.focusNext = item.id;
      this.changed();
    };
    return h("div", { key: `orders-${name}` }, items.map((item, index) => this.order(items, item, index, name)),
      h("div", { key: "more", class: "more" }, textButton("plus", this.t(`add_${name}`), add)));
  }

  orderFields() {
    const own = this.data.catalogue.contact.filter((column) => column.type !== "many_valued")
      .map((column) => ({ value: column.name, label: column.label, group: this.t(`group_${column.group}`), note: column.name }));
    const scored = this.data.catalogue.scores.flatMap((score) => score.fields.map((column) =>
      ({ value: `score.${score.name}.${column.name}`, label: `${column.label} (${score.name})`, group: `${this.t("of_score")} ${score.name}` })));
    return [...own, ...scored];
  }

  order(items, item, index, name) {
    const orders = ["descending", "ascending"].map((value) => ({ value, label: this.t(value) }));
    const options = this.orderFields();
    const chosen = options.find((option) => option.value === item.field);
    const moved = (step) => () => { items.splice(index + step, 0, ...items.splice(index, 1)); this.changed(); };
    const field = this.lists.draw(`${item.id}-field`, {
      label: this.t("field"), text: chosen ? chosen.label : item.field, value: item.field, options, class: "field", at: item.id,
      placeholder: this.t("choose_field"), isMissing: !chosen, onpick: (value) => { item.field = value; this.changed(); },
    });
    return h("div", { key: item.id, class: "rule" }, h("div", { class: "rule-line" },
      h("div", { class: "rule-inputs" }, h("span", { key: "by", class: "quiet" }, this.t(index ? "then_by" : name)), field,
        select("order", this.t("order"), item.order, orders, (order) => { item.order = order; this.changed(); })),
      h("span", { class: "rule-side" }, h("span", { class: "buttons" },
        iconButton("up", this.t("up"), moved(-1), { disabled: index === 0 }),
        iconButton("down", this.t("down"), moved(1), { disabled: index === items.length - 1 }),
        iconButton("remove", this.t("remove"), () => { items.splice(index, 1); this.changed(); })))));
  }
};
