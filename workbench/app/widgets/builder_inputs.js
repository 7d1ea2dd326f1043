// The inputs of which rules are made: selects, numbers, days, a searchable list, and chips for several values.

const WITHOUT_VALUE = ["is_known", "is_unknown", "is_empty", "is_not_empty"];
const LISTS = ["in", "not_in", "any_of", "none_of", "all_of", "not_all_of"];
const BETWEEN = ["between", "not_between"];
const SPANS = ["in_last", "not_in_last", "in_next", "not_in_next"];
const PERIODS = ["this", "previous", "next"];
const UNITS = ["day", "week", "month", "quarter", "year"];
const NEGATIVE = [
  "is_not", "not_in", "not_contains", "not_starts_with", "not_ends_with", "not_matches", "not_between", "not_on",
  "not_in_last", "not_in_next",
];
const SHOWN_AT_MOST = 300;

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

// A list one can search and, where `isFree`, also leave: what is typed is then the value itself.
class SearchList {
  constructor(builder) {
    this.builder = builder;
    this.close();
  }

  close() {
    this.key = null;
    this.text = "";
    this.index = -1;
  }

  open(key, text, index) {
    this.key = key;
    this.text = text;
    this.index = index;
    this.builder.redraw();
  }

  draw(key, spec) {
    const isOpen = this.key === key;
    const found = isOpen ? this.found(spec) : [];
    return h("div", { key, class: `search-list ${spec.class || ""}` }, this.field(key, spec, isOpen, found), isOpen && this.list(key, spec, found));
  }

  // What fits the words typed so far: best where a name begins with them, then where a word in it does.
  found(spec) {
    const words = fold(this.isUntouched ? "" : this.text).split(" ").filter(Boolean);
    if (!words.length) return spec.options.slice(0, SHOWN_AT_MOST);
    const ranked = spec.options.map((item) => ({ item, rank: rankOf(item, words) })).filter(({ rank }) => rank < 3);
    return ranked.sort((one, other) => one.rank - other.rank).slice(0, SHOWN_AT_MOST).map(({ item }) => ({ ...item, group: null }));
  }

  field(key, spec, isOpen, found) {
    const active = isOpen && found[this.index] ? `${key}-${this.index}` : null;
    return h("input", {
      key: `${key}-input`, type: "text", role: "combobox", class: "search", autocomplete: "off", spellcheck: "false",
      "aria-label": spec.label, title: spec.label, "aria-expanded": isOpen ? "true" : "false", "aria-controls": `${key}-list`,
      "aria-activedescendant": active, "aria-invalid": spec.isMissing ? "true" : null,
      placeholder: (isOpen && !spec.isFree && spec.text) || spec.placeholder,
      "data-at": spec.at, value: isOpen ? this.text : spec.text,
      onfocus: (event) => this.begin(key, spec, event.target),
      onmousedown: (event) => this.key !== key && this.begin(key, spec, event.target),
      oninput: (event) => this.typed(key, spec, event.target.value),
      onkeydown: (event) => this.pressed(event, key, spec, found),
      onblur: () => this.left(key, spec),
    });
  }

  begin(key, spec, field) {
    this.isUntouched = true;
    const here = spec.options.findIndex((item) => item.value === spec.value);
    if (!spec.isFree) field.value = "";
    this.open(key, field.value, spec.isFree ? -1 : here);
  }

  typed(key, spec, text) {
    this.isUntouched = false;
    if (spec.isFree && spec.ontype) spec.ontype(text);
    this.open(key, text, spec.isFree || !text ? -1 : 0);
  }

  pressed(event, key, spec, found) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") this.step(event, key, found);
    else if (event.key === "Enter") this.entered(event, spec, found);
    else if (event.key === "Escape" && this.key) this.dismiss(event);
    else if (event.key === "Backspace" && spec.onbackspace && event.target.value === "") spec.onbackspace();
  }

  step(event, key, found) {
    event.preventDefault();
    if (this.key !== key) return this.open(key, event.target.value, -1);
    const by = event.key === "ArrowDown" ? 1 : -1;
    this.index = found.length ? (this.index + by + found.length) % found.length : -1;
    return this.builder.redraw();
  }

  entered(event, spec, found) {
    event.preventDefault();
    if (found[this.index]) this.choose(spec, found[this.index].value, event.target);
    else if (spec.isFree && event.target.value.trim()) this.choose(spec, event.target.value.trim(), event.target);
  }

  dismiss(event) {
    event.stopPropagation();
    this.close();
    this.builder.redraw();
    this.settle(event.target);
  }

  choose(spec, value, field) {
    this.close();
    spec.onpick(value);
    this.settle(field);
  }

  // The focused input is left alone when the page is drawn, so it is told here what it now shows.
  settle(field) {
    const kept = field.drawnProps.value;
    field.value = kept === null || kept === undefined ? "" : kept;
  }

  left(key, spec) {
    if (this.key !== key) return;
    const rest = this.text.trim();
    const isWaiting = spec.isFree && spec.stays && rest && !this.isUntouched;
    this.close();
    if (isWaiting) spec.onpick(rest);
    this.builder.redraw();
  }

  list(key, spec, found) {
    let group = null;
    const rows = found.flatMap((item, index) => {
      const head = item.group && item.group !== group ? [h("div", { key: `h-${item.group}`, class: "list-head", role: "presentation" }, item.group)] : [];
      group = item.group || group;
      return [...head, this.option(key, spec, item, index)];
    });
    const empty = !rows.length && !spec.isFree && h("div", { key: "none", class: "list-note" }, this.builder.t("nothing_found"));
    if (!rows.length && !empty) return null;
    const props = { key: "list", id: `${key}-list`, class: "list", role: "listbox", popover: "manual", "aria-label": spec.label, mounted: (node) => place(node, this.index) };
    return h("div", props, rows, empty);
  }

  option(key, spec, item, index) {
    return h("div", {
      key: `i-${item.value}`, id: `${key}-${index}`, role: "option", class: "list-item", "aria-selected": index === this.index ? "true" : "false",
      onmousedown: (event) => event.preventDefault(),
      onclick: (event) => this.choose(spec, item.value, event.target.closest(".search-list").querySelector("input")),
    }, h("span", { class: "list-label" }, item.label), item.note && h("span", { class: "list-count" }, item.note));
  }
}

function rankOf(item, words) {
  const texts = [fold(item.label), fold(item.value)];
  const [first] = words;
  if (!words.every((word) => texts.some((text) => text.includes(word)))) return 3;
  if (texts.some((text) => text.startsWith(first))) return 0;
  return texts.some((text) => text.split(/[\s_./-]+/).some((part) => part.startsWith(first))) ? 1 : 2;
}

// Lower case without accents, so that "codigo" finds "código".
function fold(text) {
  return String(text).normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase();
}

// In the top layer, so that nothing around it cuts it off: below its input, or above where there is more room.
function place(node, index) {
  if (!node.matches(":popover-open")) node.showPopover();
  const field = node.parentElement.getBoundingClientRect();
  const below = window.innerHeight - field.bottom;
  const isAbove = below < 180 && field.top > below;
  node.style.left = `${Math.max(4, Math.min(field.left, window.innerWidth - node.offsetWidth - 8))}px`;
  node.style.minWidth = `${field.width}px`;
  node.style.maxHeight = `${Math.min(340, (isAbove ? field.top : below) - 12)}px`;
  node.style.top = isAbove ? "auto" : `${field.bottom + 2}px`;
  node.style.bottom = isAbove ? `${window.innerHeight - field.top + 2}px` : "auto";
  const active = index >= 0 && node.querySelector('[aria-selected="true"]');
  if (active) active.scrollIntoView({ block: "nearest" });
}

// Below the button that opened it, its right edge under the button's.
function placeMenu(node) {
  const button = node.previousElementSibling.getBoundingClientRect();
  const isAbove = window.innerHeight - button.bottom < node.offsetHeight + 8;
  node.style.left = `${Math.max(4, button.right - node.offsetWidth)}px`;
  node.style.top = `${isAbove ? button.top - node.offsetHeight - 2 : button.bottom + 2}px`;
  node.querySelector("button:enabled").focus();
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
