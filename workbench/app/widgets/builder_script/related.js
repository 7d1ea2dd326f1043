// Rules about related rows, and about membership in segments, snapshots, lists and campaigns.

const WithRelated = (Base) => class extends Base {
  measureInputs(node) {
    const table = this.data.catalogue.related[node.table];
    const kinds = ["count", "distinct", "sum", "average", "minimum", "maximum", ...(table && table.has_time ? ["first", "latest"] : [])];
    const options = kinds.map((value) => ({ value, label: this.t(`measure_${value}`) }));
    const pick = (kind) => {
      const admitted = this.measurable(node.table, kind);
      const keeps = kind !== "count" && admitted.some((column) => column.name === node.measure.field);
      node.measure = { kind, field: kind === "count" ? "rows" : keeps ? node.measure.field : "" };
      this.fitOperator(node);
    };
    return [select("measure", this.t("measure"), node.measure.kind, options, pick), node.measure.kind !== "count" && this.measuredField(node)];
  }

  measurable(table, kind) {
    const found = this.data.catalogue.related[table];
    const admitted = { sum: NUMERIC, average: NUMERIC, minimum: [...NUMERIC, ...TEMPORAL], maximum: [...NUMERIC, ...TEMPORAL] }[kind];
    return found ? found.fields.filter((column) => column.type !== "many_valued" && (!admitted || admitted.includes(column.type))) : [];
  }

  measuredField(node) {
    const fields = this.measurable(node.table, node.measure.kind);
    const column = fields.find((item) => item.name === node.measure.field);
    return this.lists.draw(`${node.id}-measured`, {
      label: this.t("field"), text: column ? column.label : node.measure.field, value: node.measure.field, class: "field",
      options: fields.map((item) => ({ value: item.name, label: item.label, note: item.name, group: this.t(`group_${item.group}`) })),
      placeholder: this.t("choose_field"), isMissing: !column,
      onpick: (name) => { node.measure = { ...node.measure, field: name }; this.fitOperator(node); },
    });
  }

  measureType(node) {
    if (["count", "distinct"].includes(node.measure.kind)) return "integer";
    if (node.measure.kind === "average") return "number";
    const column = this.measurable(node.table, node.measure.kind).find((item) => item.name === node.measure.field);
    return column ? column.type : "number";
  }

  fitOperator(node) {
    const type = this.measureType(node);
    const operators = this.data.catalogue.operators[type].map((item) => item.op);
    if (!operators.includes(node.op)) this.operatorPicked(node, DEFAULT_OPERATOR[type], type, false);
    this.changed();
  }

  relatedMore(node) {
    const table = this.data.catalogue.related[node.table];
    return h("div", { key: "related-more", class: "related-more" }, table && table.has_time && this.windowInput(node), this.rowsWhere(node));
  }

  // The conditions on the rows of a rule, or of an event; without any, the button that begins them.
  rowsWhere(node) {
    const begin = () => {
      node.where = newGroup([blankRule()]);
      this.focusNext = node.where.children[0].id;
      this.changed();
    };
    const inner = { root: node.where, table: node.table, step: null, isWhere: true };
    return node.where ? this.where(node, inner) : textButton("plus", this.t("add_where"), begin);
  }

  where(node, inner) {
    const drop = () => { node.where = null; this.changed(); };
    return h("div", { key: "where", class: "nested where" },
      h("div", { class: "nested-head" }, h("span", { class: "lead" }, this.t("same_row")), this.matching(node.where), h("span", { class: "push" }),
        h("span", { class: "buttons" }, iconButton("remove", this.t("remove_where"), drop))),
      this.group(node.where, inner));
  }

  windowInput(node) {
    const window = node.within || { op: "always", value: null };
    const ops = ["always", "in_last", "this", "previous", "on", "before", "on_or_before", "after", "on_or_after", "between"];
    const pick = (op) => {
      node.within = op === "always" ? null : { op, value: converted(window.value, window.op, op, "date") };
      this.changed();
    };
    const put = (value) => { node.within = { op: window.op, value }; this.changed(`window-${node.id}`); };
    const now = (value) => { node.within = { op: window.op, value }; this.changed(); };
    return h("div", { key: "window", class: "row-line" }, h("span", { class: "quiet" }, this.t("when")),
      select("window-op", this.t("when"), window.op, ops.map((op) => ({ value: op, label: this.t(`window_${op}`) })), pick),
      this.windowValue(window, put, now));
  }

  windowValue(window, put, now) {
    if (window.op === "always") return null;
    if (window.op === "in_last") return this.spanInput("span", window.value, put, now);
    if (PERIODS.includes(window.op)) return select("period", this.t("period"), window.value, this.periods(), now);
    if (window.op === "between") return this.betweenInput(window, "date", put);
    return dayOrFormula(this, "day", this.t("value"), window.value, put);
  }

  referenceInputs(node) {
    const names = this.data.catalogue.references[node.to];
    const name = this.lists.draw(`${node.id}-name`, {
      label: this.t(`in_${node.to}`), text: this.referenceLabel(names, node.name), value: node.name, class: "field", at: node.id,
      options: names.map(([value, label]) => ({ value, label })), placeholder: this.t("choose"), isMissing: !node.name,
      onpick: (value) => { node.name = value; this.changed(); },
    });
    return node.to === "campaign" ? [name, ...this.campaignInputs(node)] : [name];
  }

  referenceLabel(names, name) {
    const found = names.find(([value]) => value === name);
    return found ? found[1] : name;
  }

  campaignInputs(node) {
    const answers = ["any", "true", "false"].map((value) => ({ value, label: this.t(`responded_${value}`) }));
    const answered = node.responded === null ? "any" : String(node.responded);
    const arms = this.data.catalogue.arms;
    const pickArm = (arm) => { node.arm = arm || null; this.changed(); };
    const pickAnswer = (value) => { node.responded = value === "any" ? null : value === "true"; this.changed(); };
    const options = [{ value: "", label: this.t("any_arm") }, ...[...new Set([...arms, ...(node.arm ? [node.arm] : [])])].map((value) => ({ value, label: value }))];
    return [select("responded", this.t("responded"), answered, answers, pickAnswer), options.length > 1 && select("arm", this.t("arm"), node.arm || "", options, pickArm)];
  }
};
