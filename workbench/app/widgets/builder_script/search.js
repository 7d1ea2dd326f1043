// A list one can search and, where `isFree`, also leave: what is typed is then the value itself.

const SHOWN_AT_MOST = 300;

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
