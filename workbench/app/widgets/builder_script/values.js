// Operators and the inputs for their values, by the type of the field.

const WithValues = (Base) => class extends Base {
  testInputs(node, type, column, scope) {
    const options = this.data.catalogue.operators[type].map((item) => ({ value: item.op, label: item.label }));
    if (!node.op) options.unshift({ value: "", label: "…" });
    const operator = select("op", this.t("operator"), node.op, options, (op) => this.operatorPicked(node, op, type, true), { class: "op" });
    return [operator, this.valueInput(node, type, column, scope), this.caseInput(node, type)];
  }

  operatorPicked(node, op, type, isChange) {
    node.value = converted(node.value, node.op, op, type);
    node.op = op;
    if (!NEGATIVE.includes(op)) node.unknown = null;
    if (isChange) this.changed();
  }

  caseInput(node, type) {
    if (type !== "text" || WITHOUT_VALUE.includes(node.op) || !node.op) return null;
    const label = this.t("ignore_case");
    const onclick = () => { node.ignore_case = !node.ignore_case; this.changed(); };
    return h("button", { key: "case", type: "button", class: "toggle", title: label, "aria-label": label, "aria-pressed": String(node.ignore_case), onclick }, "aA");
  }

  valueInput(node, type, column, scope) {
    const op = node.op;
    const put = (value) => { node.value = value; this.changed(`value-${node.id}`); };
    const now = (value) => { node.value = value; this.changed(); };
    if (!op || WITHOUT_VALUE.includes(op)) return null;
    if (op === "filter") return this.filterInput(node, put);
    if (type === "boolean") return select("value", this.t("value"), String(node.value), this.yesNo(), (text) => now(text === "true"));
    if (LISTS.includes(op)) return this.severalInput(node, type, column, scope, now);
    if (BETWEEN.includes(op)) return this.betweenInput(node, type, put);
    if (SPANS.includes(op)) return this.spanInput("value", node.value, put, now);
    if (PERIODS.includes(op)) return select("value", this.t("period"), node.value, this.periods(), now);
    if (type === "date" || type === "timestamp") return dayOrFormula(this, "value", this.t("value"), node.value, put);
    if (type === "text") return this.textInput(node, column, scope, put, now);
    return numberInput("value", this.t("value"), node.value, put, { "aria-invalid": node.value === null ? "true" : null });
  }

  yesNo() {
    return [{ value: "true", label: this.t("yes") }, { value: "false", label: this.t("no") }];
  }

  units(number) {
    return UNITS.map((unit) => ({ value: unit, label: this.data.texts.units[unit][number === 1 ? 0 : 1] }));
  }

  periods() {
    return [...this.units(1), ...FISCAL.map((unit) => ({ value: unit, label: this.data.texts.units[unit][0] }))];
  }

  // Business Central's own way to write a filter.
  filterInput(node, put) {
    const typed = (text) => put(text.trim() === "" ? null : text);
    const more = { class: "text filter", placeholder: this.t("filter_example"), spellcheck: "false", "aria-invalid": node.value === null ? "true" : null };
    return input("filter", this.t("filter_help"), "text", node.value, typed, more);
  }

  // The values that are there, most frequent first, for fields where such a list was sent.
  choices(column, scope) {
    if (!column) return [];
    const related = scope.table ? `${scope.table}.` : "";
    const found = this.data.choices[`${related}${column.name}`] || [];
    const named = found.map(([value, count]) => ({ value, label: this.nameOf(column, value), note: this.n(count) }));
    const rest = (column.choices || []).filter(([value]) => !found.some(([other]) => other === value));
    return [...named, ...rest.map(([value, label]) => ({ value, label, note: "0" }))];
  }

  nameOf(column, value) {
    const fixed = column && (column.choices || []).find(([other]) => other === value);
    return fixed ? fixed[1] : String(value);
  }

  textInput(node, column, scope, put, now) {
    const isWhole = node.op === "is" || node.op === "is_not";
    const isFixed = isWhole && column && column.choices && column.choices.length;
    return this.lists.draw(`${node.id}-value`, {
      label: this.t("value"), text: node.value === null ? "" : isFixed ? this.nameOf(column, node.value) : node.value, value: node.value,
      options: isWhole ? this.choices(column, scope) : [], isFree: !isFixed, class: "text", at: `${node.id}-value`,
      placeholder: this.t(isWhole ? "choose_value" : "type_text"), isMissing: node.value === null,
      ontype: (text) => put(text.trim() === "" ? null : text), onpick: now,
    });
  }

  severalInput(node, type, column, scope, now) {
    const isNumber = type !== "text" && type !== "many_valued";
    const parse = (text) => (isNumber ? (Number.isFinite(Number(text)) ? Number(text) : null) : this.valueNamed(column, text));
    return chips(this, "value", {
      label: this.t("values"), values: node.value, options: isNumber ? [] : this.choices(column, scope), parse, onpick: now,
      labelOf: (value) => (isNumber ? this.n(value) : this.nameOf(column, value)), at: `${node.id}-value`,
    });
  }

  valueNamed(column, text) {
    const fixed = column && (column.choices || []).find(([, label]) => fold(label) === fold(text));
    return fixed ? fixed[0] : text;
  }

  betweenInput(node, type, put) {
    const [low, high] = Array.isArray(node.value) ? node.value : [null, null];
    const day = (...given) => dayOrFormula(this, ...given);
    const one = type === "date" || type === "timestamp" ? day : numberInput;
    return h("span", { key: "between", class: "pair" },
      one("low", this.t("from"), low, (value) => put([value, high])), h("span", { class: "quiet" }, this.t("and")),
      one("high", this.t("to"), high, (value) => put([low, value])));
  }

  spanInput(key, value, put, now) {
    const span = value && typeof value === "object" && !Array.isArray(value) ? value : { n: null, unit: "day" };
    return h("span", { key, class: "pair" },
      wholeNumberInput("n", this.t("how_many"), span.n, (n) => put({ n, unit: span.unit })),
      select("unit", this.t("unit"), span.unit, this.units(span.n), (unit) => now({ n: span.n, unit })));
  }

  // A negative condition also finds those of whom nothing is recorded; here that is said, counted and switched.
  unknownHint(node, path) {
    if (!NEGATIVE.includes(node.op) || node.kind === "reference") return null;
    const found = this.counts.rules[path];
    const flip = () => { node.unknown = node.unknown ? null : "exclude"; this.changed(); };
    const detail = found && !node.unknown && this.t("with_unknown").replace("{recorded}", this.n(found[0] - found[3])).replace("{unknown}", this.n(found[3]));
    return h("label", { key: "unknown", class: "unknown quiet" },
      h("input", { key: "box", type: "checkbox", checked: !node.unknown, onchange: flip }), h("span", null, this.t("or_unknown")),
      detail && h("span", { key: "detail", class: "number-text" }, detail));
  }
};

const NUMERIC = ["number", "amount", "integer"];
const TEMPORAL = ["date", "timestamp"];
const DEFAULT_OPERATOR = {
  text: "is", number: "at_least", amount: "at_least", integer: "at_least", date: "in_last", timestamp: "in_last", boolean: "is", many_valued: "any_of",
};

function usualValue(op, type) {
  if (type === "boolean" && op === "is") return true;
  if (SPANS.includes(op)) return { n: 90, unit: "day" };
  if (PERIODS.includes(op)) return "month";
  return BETWEEN.includes(op) ? [null, null] : null;
}

// Carries a value over to another operator as far as it makes sense there.
function converted(value, before, after, type) {
  const shape = (op) => [WITHOUT_VALUE, LISTS, BETWEEN, SPANS, PERIODS, ["filter"]].findIndex((kind) => kind.includes(op));
  if (shape(before) === shape(after) && value !== null) return value;
  if (value !== null && shape(before) === -1 && before) {
    if (LISTS.includes(after)) return [value];
    if (BETWEEN.includes(after)) return [value, null];
  }
  if (Array.isArray(value) && shape(after) === -1) return value[0] === undefined ? null : value[0];
  return usualValue(after, type);
}
