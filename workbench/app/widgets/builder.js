// The builder: steps as cards, rules as rows, three counts at the right of each rule.

const SEND_AFTER = 160;
const ASK_AGAIN_AFTER = 4000;
const MERGE_WITHIN = 1500;
const builders = new WeakMap();

export default function show(component) {
  const home = component.parentElement;
  if (!builders.has(home)) builders.set(home, new Builder(home));
  const builder = builders.get(home);
  builder.receive(component);
  return () => builder.stop();
}

class Builder {
  constructor(home) {
    this.root = document.createElement("div");
    this.root.className = "builder";
    home.appendChild(this.root);
    this.tree = null;
    this.sequence = 0;
    this.isDirty = false;
    this.lists = new SearchList(this);
    this.root.addEventListener("focusout", () => this.isDirty && this.send());
    this.root.addEventListener("keydown", (event) => this.shortcut(event));
  }

  stop() {
    clearTimeout(this.sending);
    clearTimeout(this.asking);
  }

  // The server and this page ---------------------------------------------------------------------------------------

  receive({ data, setStateValue }) {
    this.put = setStateValue;
    this.data = data;
    this.isAhead = this.isDirty || this.sequence > data.sequence;
    if (!this.tree || !this.isAhead) this.adopt(data);
    else this.askAgain();
    if (!this.isAhead && this.sentAt) this.measure();
    this.redraw();
  }

  // Takes over what the server has, unless that is what is here already.
  adopt(data) {
    clearTimeout(this.asking);
    this.sequence = data.sequence;
    this.counts = data.counts;
    this.takeTree(readTree(data.definition));
    this.pathOf = writeTree(this.tree).paths;
  }

  takeTree(offered) {
    if (this.tree && fingerprint(writeTree(offered).definition) === fingerprint(writeTree(this.tree).definition)) return;
    keepIdentities(this.tree, offered);
    this.tree = offered;
    this.lists.close();
  }

  // A change of the tree: shown at once, sent when the typing pauses. `typing` names what is being typed into.
  changed(typing) {
    this.isDirty = true;
    this.isAhead = true;
    this.typing = typing || null;
    clearTimeout(this.sending);
    this.redraw();
    if (typing) this.sending = setTimeout(() => this.send(), SEND_AFTER);
    else this.send();
  }

  send(action) {
    clearTimeout(this.sending);
    this.isDirty = false;
    this.isAhead = true;
    this.sequence = Math.max(this.sequence, this.data.sequence) + 1;
    const { definition } = writeTree(this.tree);
    this.put("edit", { sequence: this.sequence, definition, merge: !action && this.goesOn(), action: action || "change" });
    this.sentAt = this.lastSentAt = performance.now();
    this.sentTyping = action ? null : this.typing;
    this.askAgain();
    if (action) this.redraw();
  }

  // Whether this is the same typing as in the edit sent before, so that both are undone at once.
  goesOn() {
    return Boolean(this.typing) && this.typing === this.sentTyping && performance.now() - this.lastSentAt < MERGE_WITHIN;
  }

  // A message can be lost with its connection; the last state is then sent once more.
  askAgain() {
    clearTimeout(this.asking);
    this.asking = setTimeout(() => this.sequence > this.data.sequence && this.root.isConnected && this.send(), ASK_AGAIN_AFTER);
  }

  measure() {
    this.roundTrip = Math.round(performance.now() - this.sentAt);
    this.sentAt = null;
    this.root.dataset.roundTrip = String(this.roundTrip);
  }

  shortcut(event) {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z" || event.target.localName === "input") return;
    event.preventDefault();
    if (event.shiftKey ? this.data.can_redo : this.data.can_undo) this.send(event.shiftKey ? "redo" : "undo");
  }

  // Drawing ----------------------------------------------------------------------------------------------------------

  t(key) {
    return this.data.texts[key] || key;
  }

  n(number) {
    return number.toLocaleString(this.data.locale, { useGrouping: "always" });
  }

  // Taking a focused element off the page makes it lose its focus, which is heard here: that waits for the page to be drawn.
  redraw() {
    if (!this.tree) return;
    this.mustDraw = true;
    if (this.isDrawing) return;
    this.isDrawing = true;
    try {
      while (this.mustDraw) this.drawOnce();
    } finally {
      this.isDrawing = false;
    }
    const next = this.focusNext && this.root.querySelector(`[data-at="${this.focusNext}"]`);
    this.focusNext = null;
    if (next) next.focus();
  }

  drawOnce() {
    this.mustDraw = false;
    this.root.classList.toggle("waits", this.isAhead);
    const steps = this.tree.steps.map((step, index) => this.step(step, index));
    draw(this.root, [this.announced(), this.toolbar(), ...steps, this.moreSteps(), this.never(), this.limit()]);
  }

  // The total, for those who hear the page.
  announced() {
    const { total } = this.counts;
    const text = this.isAhead || total === null ? "" : this.t("announced").replace("{count}", this.n(total));
    return h("div", { key: "announced", class: "only-heard", role: "status" }, text);
  }

  toolbar() {
    const base = this.tree.base;
    const options = ["everyone", "person", "company", "where"].map((value) => ({ value, label: this.t(`base_${value}`) }));
    const pick = (kind) => {
      base.kind = kind;
      base.group = kind === "where" ? base.group || newGroup([blankRule()]) : null;
      this.changed();
    };
    return h("div", { key: "toolbar", class: "card toolbar" },
      h("div", { class: "row-line" },
        h("span", { class: "lead" }, this.t("begin_with")), select("base", this.t("begin_with"), base.kind, options, pick),
        this.counts.base !== null && h("span", { class: "quiet count" }, this.n(this.counts.base)),
        h("span", { class: "push" }), this.timing(),
        iconButton("undo", this.t("undo"), () => this.send("undo"), { disabled: !this.data.can_undo }),
        iconButton("redo", this.t("redo"), () => this.send("redo"), { disabled: !this.data.can_redo })),
      base.kind === "where" && this.group(base.group, { root: base.group, table: null }));
  }

  timing() {
    if (this.counts.milliseconds === null) return null;
    const text = this.t("counted_in").replace("{ms}", this.n(this.counts.milliseconds));
    return h("span", { key: "timing", class: "quiet", title: this.t("counted_in_help"), "aria-live": "off" }, this.isAhead ? this.t("counting") : text);
  }

  step(step, index) {
    const steps = this.tree.steps;
    const actions = (index ? ["add", "reduce", "refine"] : ["add"]).map((value) => ({ value, label: this.t(`action_${value}`) }));
    const count = this.counts.steps[Number(this.pathOf[step.id]) - 1];
    const pick = (action) => { step.action = action; this.changed(); };
    const moved = (by) => () => { steps.splice(index + by, 0, ...steps.splice(index, 1)); steps[0].action = "add"; this.changed(); };
    return h("section", { key: step.id, class: `card step ${step.action}`, "aria-label": `${this.t("step")} ${index + 1}` },
      h("div", { class: "step-head" },
        h("span", { class: "step-number" }, String(index + 1)),
        actions.length > 1 ? select("action", this.t("what_step_does"), step.action, actions, pick, { class: "action" }) : h("span", { key: "only", class: "lead" }, actions[0].label),
        this.matching(step.group), h("span", { class: "push" }),
        this.stepButtons(step, index, moved),
        count && this.stepCount(count, index)),
      this.group(step.group, { root: step.group, table: null, isTop: true, step }));
  }

  stepCount(count, index) {
    const sign = count.change < 0 ? "−" : "+";
    const change = index > 0 && h("span", { class: `change ${count.change < 0 ? "less" : "more"}` }, `${sign}${this.n(Math.abs(count.change))}`);
    return h("span", { key: "count", class: "step-count count", title: this.t("step_count_help") }, change, h("b", null, this.n(count.matched)));
  }

  stepButtons(step, index, moved) {
    const steps = this.tree.steps;
    const copy = () => { const twin = cloned(step); steps.splice(index + 1, 0, twin); this.changed(); };
    const remove = () => { steps.splice(index, 1); steps[0].action = "add"; this.changed(); };
    return h("span", { class: "buttons", key: "buttons" },
      iconButton("up", this.t("step_up"), moved(-1), { disabled: index === 0 }),
      iconButton("down", this.t("step_down"), moved(1), { disabled: index === steps.length - 1 }),
      iconButton("copy", this.t("step_copy"), copy),
      iconButton("remove", this.t("step_remove"), remove, { disabled: steps.length === 1 }));
  }

  // How the rules of a group are joined: all, any, none, not all of them.
  matching(group) {
    const value = `${group.negated ? "not_" : ""}${group.match}`;
    const options = ["all", "any", "not_any", "not_all"].map((item) => ({ value: item, label: this.t(`match_${item}`) }));
    const pick = (chosen) => {
      group.negated = chosen.startsWith("not_");
      group.match = chosen.endsWith("any") ? "any" : "all";
      group.isBare = false;
      this.changed();
    };
    return select("match", this.t("how_joined"), value, options, pick, { class: "match" });
  }

  group(group, scope) {
    const empty = !group.children.length && h("p", { key: "empty", class: "quiet note" }, this.t(group.match === "any" ? "nobody" : "everybody"));
    return h("div", { key: `body-${group.id}`, class: `group-body ${group.match} ${group.negated ? "negated" : ""}`, ...this.dropping(group, scope) },
      this.countHead(group, scope), empty, group.children.map((child) => this.node(child, scope)), this.moreRules(group, scope));
  }

  countHead(group, scope) {
    if (!scope.isTop || !group.children.length) return null;
    const head = (name) => h("span", { class: "count", title: this.t(`${name}_help`) }, this.t(name));
    return h("div", { key: "count-head", class: "count-head quiet", "aria-hidden": "true" }, head("alone"), head("so_far"), head("without"));
  }

  node(node, scope) {
    return node.kind === "group" ? this.nested(node, scope) : this.rule(node, scope);
  }

  nested(group, scope) {
    const inner = { ...scope, isTop: false };
    return h("div", { key: group.id, class: "nested", "data-node": group.id },
      h("div", { class: "nested-head" }, this.grip(group, scope), this.matching(group), h("span", { class: "push" }), this.nodeButtons(group, scope)),
      this.group(group, inner));
  }

  moreRules(group, scope) {
    const add = (node) => () => {
      group.children.push(node);
      this.focusNext = node.kind === "group" ? node.children[0].id : node.id;
      this.changed();
    };
    const related = Object.keys(this.data.catalogue.related)[0];
    const mayRelate = !scope.table && this.data.catalogue.related;
    return h("div", { key: "more", class: "more" },
      textButton("plus", this.t("add_rule"), () => add(blankRule())()),
      mayRelate && textButton("plus", this.t("add_related"), () => add(blankRelated(related))()),
      textButton("plus", this.t("add_group"), () => add(newGroup([blankRule()], group.match === "all" ? "any" : "all"))()));
  }

  moreSteps() {
    const add = (action) => () => {
      const step = newStep(action);
      this.tree.steps.push(step);
      this.focusNext = step.group.children[0].id;
      this.changed();
    };
    const button = (action) => textButton("plus", this.t(`step_${action}`), add(action), { class: `text-button step-button ${action}` });
    return h("div", { key: "more-steps", class: "more-steps" }, button("add"), button("refine"), button("reduce"));
  }

  // Rules ------------------------------------------------------------------------------------------------------------

  rule(node, scope) {
    const path = this.pathOf[node.id];
    const refused = this.counts.refused[path];
    const isIncomplete = !this.isAhead && this.counts.incomplete.includes(path);
    return h("div", { key: node.id, class: `rule ${node.kind} ${refused ? "refused" : ""} ${isIncomplete ? "incomplete" : ""}`, role: "group", "aria-label": this.t("rule"), "data-node": node.id },
      h("div", { class: "rule-line" },
        this.grip(node, scope),
        h("div", { class: "rule-inputs" }, this.inputs(node, scope)),
        h("span", { class: "rule-side" }, this.nodeButtons(node, scope), scope.step && this.ruleCounts(path))),
      node.kind === "related" && this.relatedMore(node, scope),
      this.unknownHint(node, path),
      refused && h("p", { key: "refused", class: "problem", role: "alert" }, `${refused.message} ${refused.hint}`),
      isIncomplete && !refused && h("p", { key: "incomplete", class: "quiet note" }, this.t("incomplete")));
  }

  ruleCounts(path) {
    const found = this.counts.rules[path];
    const names = ["alone", "so_far", "without"];
    return h("span", { key: "counts", class: "counts" }, names.map((name, index) =>
      h("span", { key: name, class: `count ${name}`, title: `${this.t(name)}: ${this.t(`${name}_help`)}` }, found ? this.n(found[index]) : "–")));
  }

  nodeButtons(node, scope) {
    const parent = parentOf(scope.root, node.id);
    if (!parent) return null;
    const actions = this.nodeActions(node, parent, scope);
    const remove = iconButton("remove", this.t("remove"), this.change(scope, () => removeNode(scope.root, node.id)));
    if (node.kind === "group") {
      return h("span", { class: "buttons", key: "buttons" }, actions.map(([name, label, work, more]) => iconButton(name, label, work, more)), remove);
    }
    return h("span", { class: "buttons", key: "buttons" }, this.menu(node, actions), remove);
  }

  nodeActions(node, parent, scope) {
    const index = parent.children.indexOf(node);
    const wrap = () => parent.children.splice(index, 1, newGroup([node], parent.match === "all" ? "any" : "all"));
    const unwrap = () => parent.children.splice(index, 1, ...node.children);
    const act = (name, key, work, more) => [name, this.t(key), this.change(scope, work), more];
    return [
      act("up", "up", () => moveNode(scope.root, node.id, -1), { disabled: !canMove(scope.root, node.id, -1) }),
      act("down", "down", () => moveNode(scope.root, node.id, 1), { disabled: !canMove(scope.root, node.id, 1) }),
      act("copy", "copy", () => parent.children.splice(index + 1, 0, cloned(node))),
      act("wrap", "wrap", wrap),
      ...(node.kind === "group" && !node.negated ? [act("unwrap", "unwrap", unwrap)] : []),
    ];
  }

  change(scope, work) {
    return () => { work(); this.keepStep(scope); this.changed(); };
  }

  // A rule's row has little room, so all but its removal is in a menu.
  menu(node, actions) {
    const id = `menu-${node.id}`;
    const item = ([name, label, work, more]) => h("button", {
      key: name, type: "button", class: "menu-item", ...more,
      onclick: (event) => { event.target.closest(".menu").hidePopover(); work(); },
    }, icon(name), h("span", null, label));
    const ontoggle = (event) => event.newState === "open" && placeMenu(event.target);
    return [
      iconButton("more", this.t("more"), null, { popovertarget: id, "aria-haspopup": "true" }),
      h("div", { key: "menu", id, class: "menu", popover: "auto", ontoggle }, actions.map(item)),
    ];
  }

  // A step after the first that lost its last rule would speak of everybody; it gets an unfinished rule instead.
  keepStep(scope) {
    if (scope.root.children.length || scope.step === this.tree.steps[0]) return;
    scope.root.children.push(blankRule());
  }

  inputs(node, scope) {
    const kind = !scope.table && this.kindInput(node, scope);
    if (node.kind === "reference") return [kind, ...this.referenceInputs(node)];
    if (node.kind === "related") return [kind, ...this.measureInputs(node), ...this.testInputs(node, this.measureType(node), null, scope)];
    const column = this.column(node, scope);
    return [kind, this.fieldInput(node, scope, column), ...(column ? this.testInputs(node, column.type, column, scope) : [])];
  }

  kindInput(node, scope) {
    const related = Object.entries(this.data.catalogue.related).map(([name, table]) => ({ value: `related:${name}`, label: table.label }));
    const references = ["segment", "snapshot", "list", "campaign"]
      .filter((to) => this.data.catalogue.references[to].length || node.to === to)
      .map((to) => ({ value: to, label: this.t(`in_${to}`) }));
    const fields = [{ value: "contact", label: this.t("of_contact") }, { value: "company", label: this.t("of_company") }];
    const options = [{ group: this.t("fields"), options: fields }, { group: this.t("related_rows"), options: related }];
    if (references.length) options.push({ group: this.t("memberships"), options: references });
    const value = node.kind === "related" ? `related:${node.table}` : node.kind === "reference" ? node.to : node.of;
    return select("kind", this.t("kind"), value, options, (kind) => this.becomes(node, kind, scope), { class: "kind" });
  }

  becomes(node, kind, scope) {
    const parent = parentOf(scope.root, node.id);
    const [what, table] = kind.split(":");
    let other;
    if (what === "related") other = node.kind === "related" ? { ...node, table, where: null, measure: { kind: "count", field: "rows" } } : blankRelated(table);
    else if (what === "contact" || what === "company") other = { ...blankRule(), of: what };
    else other = fresh("reference", { to: what, name: "", arm: null, responded: null });
    parent.children.splice(parent.children.indexOf(node), 1, { ...other, id: node.id });
    this.changed();
  }

  // Fields -----------------------------------------------------------------------------------------------------------

  fieldsOf(node, scope) {
    if (scope.table) return this.data.catalogue.related[scope.table].fields;
    const own = this.data.catalogue.contact;
    return node.of === "company" ? own.filter((column) => column.group !== "computed") : own;
  }

  column(node, scope) {
    return this.fieldsOf(node, scope).find((column) => column.name === node.field);
  }

  fieldInput(node, scope, column) {
    const options = this.fieldsOf(node, scope).map((item) => ({ value: item.name, label: item.label, group: this.t(`group_${item.group}`), note: item.name }));
    const unknown = node.field && !column;
    return this.lists.draw(`${node.id}-field`, {
      label: this.t("field"), text: column ? column.label : node.field, value: node.field, options, at: node.id, class: "field",
      placeholder: this.t("choose_field"), isMissing: !node.field || unknown,
      onpick: (name) => this.fieldPicked(node, name, scope),
    });
  }

  fieldPicked(node, name, scope) {
    const before = this.column(node, scope);
    node.field = name;
    const after = this.column(node, scope);
    const operators = this.data.catalogue.operators[after.type].map((item) => item.op);
    const isSame = before && before.type === after.type && before.name === after.name;
    if (!operators.includes(node.op)) this.operatorPicked(node, DEFAULT_OPERATOR[after.type], after.type, false);
    else if (!isSame && !SPANS.includes(node.op) && !PERIODS.includes(node.op)) node.value = usualValue(node.op, after.type);
    node.ignore_case = node.ignore_case && after.type === "text";
    this.changed();
  }

  // Operator and value ---------------------------------------------------------------------------------------------------

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
    if (type === "boolean") return select("value", this.t("value"), String(node.value), this.yesNo(), (text) => now(text === "true"));
    if (LISTS.includes(op)) return this.severalInput(node, type, column, scope, now);
    if (BETWEEN.includes(op)) return this.betweenInput(node, type, put);
    if (SPANS.includes(op)) return this.spanInput("value", node.value, put, now);
    if (PERIODS.includes(op)) return select("value", this.t("period"), node.value, this.units(1), now);
    if (type === "date" || type === "timestamp") return dayInput("value", this.t("value"), node.value, put);
    if (type === "text") return this.textInput(node, column, scope, put, now);
    return numberInput("value", this.t("value"), node.value, put, { "aria-invalid": node.value === null ? "true" : null });
  }

  yesNo() {
    return [{ value: "true", label: this.t("yes") }, { value: "false", label: this.t("no") }];
  }

  units(number) {
    return UNITS.map((unit) => ({ value: unit, label: this.data.texts.units[unit][number === 1 ? 0 : 1] }));
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
    const one = type === "date" || type === "timestamp" ? dayInput : numberInput;
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

  // Related rows -----------------------------------------------------------------------------------------------------

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

  relatedMore(node, scope) {
    const table = this.data.catalogue.related[node.table];
    const addWhere = () => {
      node.where = newGroup([blankRule()]);
      this.focusNext = node.where.children[0].id;
      this.changed();
    };
    const inner = { root: node.where, table: node.table, step: null, isWhere: true };
    return h("div", { key: "related-more", class: "related-more" },
      table && table.has_time && this.windowInput(node),
      node.where ? this.where(node, inner) : textButton("plus", this.t("add_where"), addWhere));
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
    if (PERIODS.includes(window.op)) return select("period", this.t("period"), window.value, this.units(1), now);
    if (window.op === "between") return this.betweenInput(window, "date", put);
    return dayInput("day", this.t("value"), window.value, put);
  }

  // References -------------------------------------------------------------------------------------------------------

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

  // Suppressions and limit -------------------------------------------------------------------------------------------

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

  // Dragging with a pointer; the buttons do the same from the keyboard -----------------------------------------------

  grip(node, scope) {
    if (scope.isWhere) return null;
    return h("span", {
      key: "grip", class: "grip", draggable: "true", title: this.t("drag"), "aria-hidden": "true",
      ondragstart: (event) => {
        this.dragged = { node, root: scope.root };
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", node.id);
        event.dataTransfer.setDragImage(event.target.closest("[data-node]"), 12, 12);
      },
      ondragend: () => { this.dragged = null; this.markPlace(null); },
    }, icon("grip"));
  }

  dropping(group, scope) {
    if (scope.isWhere) return {};
    return {
      ondragover: (event) => {
        if (!this.dragged || contains(this.dragged.node, group.id)) return;
        event.preventDefault();
        event.stopPropagation();
        this.markPlace(this.rowBelow(group, event));
      },
      ondrop: (event) => {
        if (!this.dragged || contains(this.dragged.node, group.id)) return;
        event.preventDefault();
        event.stopPropagation();
        this.dropped(group, this.rowBelow(group, event), scope);
      },
    };
  }

  rowBelow(group, event) {
    const rows = [...event.currentTarget.children].filter((row) => row.dataset.node || row.classList.contains("more"));
    return rows.find((row) => event.clientY < row.getBoundingClientRect().top + row.offsetHeight / 2) || rows[rows.length - 1];
  }

  dropped(group, row, scope) {
    const { node, root } = this.dragged;
    this.markPlace(null);
    this.dragged = null;
    if (row.dataset.node === node.id) return;
    const parent = parentOf(root, node.id);
    parent.children = parent.children.filter((child) => child !== node);
    const before = group.children.findIndex((child) => child.id === row.dataset.node);
    group.children.splice(before < 0 ? group.children.length : before, 0, node);
    dropEmptyGroups(root);
    this.keepStep({ root, step: this.tree.steps.find((step) => step.group === root) });
    this.changed();
  }

  markPlace(row) {
    this.root.querySelectorAll(".drop-here").forEach((other) => other !== row && other.classList.remove("drop-here"));
    if (row) row.classList.add("drop-here");
  }
}

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
  const shape = (op) => [WITHOUT_VALUE, LISTS, BETWEEN, SPANS, PERIODS].findIndex((kind) => kind.includes(op));
  if (shape(before) === shape(after) && value !== null) return value;
  if (value !== null && shape(before) === -1 && before) {
    if (LISTS.includes(after)) return [value];
    if (BETWEEN.includes(after)) return [value, null];
  }
  if (Array.isArray(value) && shape(after) === -1) return value[0] === undefined ? null : value[0];
  return usualValue(after, type);
}
