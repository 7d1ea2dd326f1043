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
    const begin = () => { this.tree.limit = { top: 1000, by: [], one_per: null }; this.changed(); };
    if (!limit) return h("div", { key: "limit", class: "more" }, textButton("plus", this.t("add_limit"), begin));
    const end = () => { this.tree.limit = null; this.changed(); };
    const keys = ["", "contact", "company", "email", "phone"].map((value) => ({ value, label: this.t(`one_per_${value || "any"}`) }));
    const cut = this.counts.limited;
    return h("section", { key: "limit", class: "card extra", "aria-label": this.t("limit") },
      h("div", { class: "rule-line" },
        h("div", { class: "rule-inputs" },
          h("span", { class: "lead" }, this.t("limit")),
          wholeNumberInput("top", this.t("top"), limit.top, (top) => { limit.top = top; this.changed("top"); }),
          select("one-per", this.t("one_per"), limit.one_per || "", keys, (key) => { limit.one_per = key || null; this.changed(); })),
        h("span", { class: "rule-side" }, h("span", { class: "buttons" }, iconButton("remove", this.t("remove"), end)),
          cut ? h("span", { key: "count", class: "count less" }, `−${this.n(cut)}`) : null)),
      limit.by.map((item, index) => this.order(item, index)),
      h("div", { key: "more", class: "more" }, textButton("plus", this.t("add_order"), () => this.addOrder())));
  }

  addOrder() {
    const item = fresh("order", { field: "", order: "descending" });
    this.tree.limit.by.push(item);
    this.focusNext = item.id;
    this.changed();
  }

  order(item, index) {
    const by = this.tree.limit.by;
    const column = this.data.catalogue.contact.find((other) => other.name === item.field);
    const orders = ["descending", "ascending"].map((value) => ({ value, label: this.t(value) }));
    const options = this.data.catalogue.contact.filter((other) => other.type !== "many_valued")
      .map((other) => ({ value: other.name, label: other.label, group: this.t(`group_${other.group}`), note: other.name }));
    const moved = (step) => () => { by.splice(index + step, 0, ...by.splice(index, 1)); this.changed(); };
    const field = this.lists.draw(`${item.id}-field`, {
      label: this.t("field"), text: column ? column.label : item.field, value: item.field, options, class: "field", at: item.id,
      placeholder: this.t("choose_field"), isMissing: !column, onpick: (name) => { item.field = name; this.changed(); },
    });
    return h("div", { key: item.id, class: "rule" }, h("div", { class: "rule-line" },
      h("div", { class: "rule-inputs" }, h("span", { key: "by", class: "quiet" }, this.t(index ? "then_by" : "by")), field,
        select("order", this.t("order"), item.order, orders, (order) => { item.order = order; this.changed(); })),
      h("span", { class: "rule-side" }, h("span", { class: "buttons" },
        iconButton("up", this.t("up"), moved(-1), { disabled: index === 0 }),
        iconButton("down", this.t("down"), moved(1), { disabled: index === by.length - 1 }),
        iconButton("remove", this.t("remove"), () => { by.splice(index, 1); this.changed(); })))));
  }
};
