// Rules about how rows lie in time, about colleagues, and in SQL.

const WithOverTime = (Base) => class extends Base {
  timedTables() {
    return Object.entries(this.data.catalogue.related).filter(([, table]) => table.has_time).map(([value, table]) => ({ value, label: table.label }));
  }

  tableInput(node) {
    const pick = (table) => { node.table = table; node.where = null; this.changed(); };
    return select("table", this.t("related_rows"), node.table, this.timedTables(), pick);
  }

  habitInputs(node) {
    const options = Object.keys(HABITS).map((value) => ({ value, label: this.t(`habit_${value}`) }));
    // Spans of one habit may contradict each other in another, so each begins with its own.
    const pick = (habit) => { Object.assign(node, { habit }, HABITS[habit]); this.changed(); };
    return [select("habit", this.t("kind_habit"), node.habit, options, pick), this.tableInput(node)];
  }

  habitMore(node) {
    const keys = node.habit === "regularly" ? this.regularly(node) : Object.keys(HABITS[node.habit]).map((key) => this.habitSpan(node, key));
    return h("div", { key: "habit-more", class: "related-more" }, h("div", { key: "keys", class: "row-line" }, keys), this.rowsWhere(node));
  }

  habitSpan(node, key) {
    const put = (span) => { node[key] = span; this.changed(`${key}-${node.id}`); };
    const now = (span) => { node[key] = span; this.changed(); };
    return h("span", { key, class: "pair" }, h("span", { class: "quiet" }, this.t(`habit_key_${key}`)), this.spanInput("span", node[key], put, now));
  }

  regularly(node) {
    const number = (key) => wholeNumberInput(key, this.t(`habit_key_${key}`), node[key], (n) => { node[key] = n; this.changed(`${key}-${node.id}`); });
    const word = (key) => h("span", { key: `w-${key}`, class: "quiet" }, this.t(`habit_key_${key}`));
    const per = select("per", this.t("habit_key_per"), node.per, this.units(1), (unit) => { node.per = unit; this.changed(); });
    return [word("at_least"), number("at_least"), word("per"), per, word("in"), number("in"), word("of_last"), number("of_last")];
  }

  sequenceMore(node) {
    const add = () => { node.events.push(newEvent(node.events[node.events.length - 1].table)); this.changed(); };
    return h("div", { key: "sequence-more", class: "related-more" },
      node.events.map((event, index) => this.event(node, event, index)),
      h("div", { key: "more", class: "more" }, textButton("plus", this.t("add_event"), add)),
      this.optionalSpan(node, "within"), this.optionalSpan(node, "in_last"));
  }

  event(node, event, index) {
    const remove = () => { node.events.splice(index, 1); this.changed(); };
    return h("div", { key: event.id, class: "event" },
      h("div", { class: "row-line" }, h("span", { class: "step-number" }, String(index + 1)), this.tableInput(event), h("span", { class: "push" }),
        iconButton("remove", this.t("remove_event"), remove, { disabled: node.events.length <= 2 })),
      this.rowsWhere(event));
  }

  optionalSpan(node, key) {
    const flip = () => { node[key] = node[key] ? null : { n: 30, unit: "day" }; this.changed(); };
    const put = (span) => { node[key] = span; this.changed(`${key}-${node.id}`); };
    const now = (span) => { node[key] = span; this.changed(); };
    return h("div", { key, class: "row-line" },
      h("label", { class: "unknown quiet" }, h("input", { key: "box", type: "checkbox", checked: Boolean(node[key]), onchange: flip }), h("span", null, this.t(`sequence_${key}`))),
      node[key] && this.spanInput("span", node[key], put, now));
  }

  // Conditions on contacts, of anybody at the company.
  companyMore(node) {
    return h("div", { key: "company-more", class: "related-more" }, this.group(node.group, { root: node.group, table: null, step: null, isWhere: true }));
  }

  sqlMore(node) {
    const ontype = (event) => { node.sql = event.target.value; this.changed(`sql-${node.id}`); };
    const onkeydown = (event) => event.key === "z" && event.stopPropagation();
    return h("div", { key: "sql-more", class: "related-more" },
      h("textarea", {
        key: "sql", class: "sql", rows: 3, spellcheck: "false", "aria-label": "SQL", placeholder: "select contact_id from sales_entry where posted_at < $as_of",
        value: node.sql, oninput: ontype, onkeydown,
      }),
      h("p", { key: "note", class: "quiet note" }, this.t("sql_help")));
  }
};
