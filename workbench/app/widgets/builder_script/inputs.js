// The inputs of which rules are made: buttons, selects, numbers, days, and chips for several values.

const WITHOUT_VALUE = ["is_known", "is_unknown", "is_empty", "is_not_empty"];
const LISTS = ["in", "not_in", "any_of", "none_of", "all_of", "not_all_of"];
const BETWEEN = ["between", "not_between"];
const SPANS = ["in_last", "not_in_last", "in_next", "not_in_next", "anniversary_in_next"];
const PERIODS = ["this", "previous", "next"];
const UNITS = ["day", "week", "month", "quarter", "year"];
const FISCAL = ["fiscal_quarter", "fiscal_year"];
// The keys of each habit, with what they begin with.
const HABITS = {
  first_time: { in_last: { n: 90, unit: "day" } },
  stopped: { in_last: { n: 12, unit: "month" }, but_not_in_last: { n: 3, unit: "month" } },
  restarted: { gap: { n: 6, unit: "month" }, back_in_last: { n: 30, unit: "day" } },
  regularly: { at_least: 1, per: "month", in: 3, of_last: 6 },
};
const NEGATIVE = [
  "is_not", "not_in", "not_contains", "not_starts_with", "not_ends_with", "not_matches", "not_between", "not_on",
  "not_in_last", "not_in_next",
];

const ICONS = {
  up: "M8 12.5v-9M4 7l4-4 4 4",
  down: "M8 3.5v9M4 9l4 4 4-4",
  copy: "M6 6h7v7H6zM3 10V3h7",
  remove: "M4 4l8 8M12 4l-8 8",
  wrap: "M5.5 2.5h-3v11h3M10.5 2.5h3v11h-3M6 8h4",
  unwrap: "M5 5v6M11 5v6M1.5 8h3M11.5 8h3M7 8h2",
  more: "M4 8h.01M8 8h.01M12 8h.01",
  plus: "M8 3.5v9M3.5 8h9",
  undo: "M6 3L2.5 6.5 6 10M2.5 6.5H10a3.5 3.5 0 010 7H6",
  redo: "M10 3l3.5 3.5L10 10M13.5 6.5H6a3.5 3.5 0 000 7h4",
  grip: "M6 4h.01M10 4h.01M6 8h.01M10 8h.01M6 12h.01M10 12h.01",
};

function icon(name) {
  return h("svg", { viewBox: "0 0 16 16", class: "icon", "aria-hidden": "true" }, h("path", { d: ICONS[name] }));
}

function iconButton(name, label, onclick, more) {
  return h("button", { type: "button", class: "icon-button", title: label, "aria-label": label, onclick, key: `b-${name}`, ...more }, icon(name));
}

function textButton(name, label, onclick, more) {
  return h("button", { type: "button", class: "text-button", onclick, key: `t-${label}`, ...more }, name && icon(name), h("span", null, label));
}

// Options are {value, label} or {group, options}.
function select(key, label, value, options, onpick, more) {
  const option = (item) => h("option", { key: `o-${item.value}`, value: item.value }, item.label);
  const drawn = options.map((item) =>
    item.options ? h("optgroup", { key: `g-${item.group}`, label: item.group }, item.options.map(option)) : option(item));
  const onchange = (event) => onpick(event.target.value);
  return h("select", { key, "aria-label": label, title: label, value, onchange, ...more }, drawn);
}

function input(key, label, type, value, ontype, more) {
  const oninput = (event) => ontype(event.target.value);
  return h("input", { key, type, "aria-label": label, title: label, value: value === null ? "" : value, oninput, ...more });
}

function numberInput(key, label, value, ontype, more) {
  const parsed = (text) => (text.trim() === "" || !Number.isFinite(Number(text)) ? null : Number(text));
  return input(key, label, "number", value, (text) => ontype(parsed(text)), { step: "any", class: "number", ...more });
}

function wholeNumberInput(key, label, value, ontype) {
  const whole = (number) => (number === null || number < 1 ? null : Math.round(number));
  return numberInput(key, label, value, (number) => ontype(whole(number)), { step: 1, min: 1, class: "number short" });
}

function dayInput(key, label, value, ontype) {
  return input(key, label, "date", value, (text) => ontype(text || null), { class: "day" });
}

// A day of the calendar, or one reckoned from the day of evaluation: a date formula such as -CM or CM+1D.
function dayOrFormula(builder, key, label, value, ontype) {
  const isFormula = typeof value === "string" && !/^\d{4}-\d{2}-\d{2}$/.test(value);
  const field = isFormula
    ? input("day", label, "text", value, (text) => ontype(text.trim() || "t"), { class: "day", placeholder: "-CM" })
    : dayInput("day", label, value, ontype);
  const toggle = h("button", {
    key: "formula", type: "button", class: "toggle", title: builder.t("formula_help"), "aria-label": builder.t("formula"),
    "aria-pressed": String(isFormula), onclick: () => ontype(isFormula ? null : "t"),
  }, "ƒ");
  return h("span", { key, class: "pair" }, field, toggle);
}

// Several values, each with a button that takes it out.
function chips(builder, key, spec) {
  const values = spec.values || [];
  const put = (list) => spec.onpick(list.length ? list : null);
  const chip = (value, index) => h("span", { key: `c-${value}`, class: "chip" }, h("span", null, spec.labelOf(value)),
    h("button", {
      type: "button", class: "chip-remove", "aria-label": builder.t("take_out").replace("{value}", spec.labelOf(value)),
      onclick: () => put(values.filter((_, other) => other !== index)),
    }, icon("remove")));
  const added = (texts) => {
    const parsed = texts.map(spec.parse).filter((value) => value !== null && !values.includes(value));
    if (parsed.length) put([...values, ...new Set(parsed)]);
  };
  const field = builder.lists.draw(`${key}-chips`, {
    label: spec.label, text: "", value: null, isFree: true, stays: true, class: "grows", at: spec.at, isMissing: !values.length,
    placeholder: values.length ? builder.t("another_value") : builder.t("choose_values"),
    options: spec.options.filter((item) => !values.includes(item.value)),
    onpick: (text) => added([text]),
    onbackspace: () => values.length && put(values.slice(0, -1)),
  });
  const onpaste = (event) => {
    const parts = event.clipboardData.getData("text").split(/[\n\t;]+/).map((text) => text.trim()).filter(Boolean);
    if (parts.length < 2) return;
    event.preventDefault();
    builder.lists.close();
    event.target.value = "";
    added(parts);
  };
  return h("div", { key, class: "chips", onpaste }, values.map(chip), field);
}
