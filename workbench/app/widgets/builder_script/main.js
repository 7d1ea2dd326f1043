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

class Builder extends WithDragging(WithLimits(WithOverTime(WithRelated(WithValues(WithRules(Object)))))) {
  constructor(home) {
    super();
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

  // The server and this page

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
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z" || ["input", "textarea"].includes(event.target.localName)) return;
    event.preventDefault();
    if (event.shiftKey ? this.data.can_redo : this.data.can_undo) this.send(event.shiftKey ? "redo" : "undo");
  }

  // Drawing

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
}
