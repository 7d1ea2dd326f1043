// Rules as rows: what they are about, their buttons, their three counts.

const WithRules = (Base) => class extends Base {
  rule(node, scope) {
    const path = this.pathOf[node.id];
    const refused = this.counts.refused[path];
    const isIncomplete = !this.isAhead && this.counts.incomplete.includes(path);
    return h("div", { key: node.id, class: `rule ${node.kind} ${refused ? "refused" : ""} ${isIncomplete ? "incomplete" : ""}`, role: "group", "aria-label": this.t("rule"), "data-node": node.id },
      h("div", { class: "rule-line" },
        this.grip(node, scope),
        h("div", { class: "rule-inputs" }, this.inputs(node, scope)),
        h("span", { class: "rule-side" }, this.nodeButtons(node, scope), scope.step && this.ruleCounts(path))),
      this.ruleMore(node),
      this.unknownHint(node, path),
      refused && h("p", { key: "refused", class: "problem", role: "alert" }, `${refused.message} ${refused.hint}`),
      isIncomplete && !refused && h("p", { key: "incomplete", class: "quiet note" }, this.t("incomplete")));
  }

  // What stands below the line of a rule.
  ruleMore(node) {
    if (node.kind === "related") return this.relatedMore(node);
    if (node.kind === "habit") return this.habitMore(node);
    if (node.kind === "sequence") return this.sequenceMore(node);
    if (node.kind === "company_has") return this.companyMore(node);
    return node.kind === "sql" && this.sqlMore(node);
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
    if (node.kind === "habit") return [kind, ...this.habitInputs(node)];
    if (node.kind === "sequence" || node.kind === "sql") return [kind];
    if (node.kind === "company_has") return [kind, this.matching(node.group)];
    if (node.kind === "related") return [kind, ...this.measureInputs(node), ...this.testInputs(node, this.measureType(node), null, scope)];
    const column = this.column(node, scope);
    return [kind, this.fieldInput(node, scope, column), ...(column ? this.testInputs(node, column.type, column, scope) : [])];
  }

  kindInput(node, scope) {
    const related = Object.entries(this.data.catalogue.related).map(([name, table]) => ({ value: `related:${name}`, label: table.label }));
    const references = ["segment", "snapshot", "list", "campaign"]
      .filter((to) => this.data.catalogue.references[to].length || node.to === to)
      .map((to) => ({ value: to, label: this.t(`in_${to}`) }));
    const scores = this.data.catalogue.scores.map((score) => ({ value: `score:${score.name}`, label: `${this.t("of_score")} ${score.name}` }));
    const fields = [{ value: "contact", label: this.t("of_contact") }, { value: "company", label: this.t("of_company") }, ...scores];
    const options = [{ group: this.t("fields"), options: fields }, { group: this.t("related_rows"), options: related }];
    options.push({ group: this.t("over_time"), options: ["habit", "sequence"].map((name) => ({ value: name, label: this.t(`kind_${name}`) })) });
    if (references.length) options.push({ group: this.t("memberships"), options: references });
    options.push({ group: this.t("more_kinds"), options: ["company_has", "sql"].map((name) => ({ value: name, label: this.t(`kind_${name}`) })) });
    const value = node.kind === "related" ? `related:${node.table}` : node.kind === "reference" ? node.to : node.kind === "field" ? node.of : node.kind;
    return select("kind", this.t("kind"), value, options, (kind) => this.becomes(node, kind, scope), { class: "kind" });
  }

  becomes(node, kind, scope) {
    const parent = parentOf(scope.root, node.id);
    const [what, table] = kind.split(":");
    let other;
    const timed = Object.entries(this.data.catalogue.related).filter(([, item]) => item.has_time).map(([name]) => name);
    const made = {
      habit: () => blankHabit(timed[0]), sequence: () => blankSequence(timed[0], timed[1] || timed[0]), company_has: blankCompanyHas, sql: blankSql,
      score: () => ({ ...blankRule(), of: kind }),
    };
    if (made[what]) other = made[what]();
    else if (what === "related") other = node.kind === "related" ? { ...node, table, where: null, measure: { kind: "count", field: "rows" } } : blankRelated(table);
    else if (what === "contact" || what === "company") other = { ...blankRule(), of: what };
    else other = fresh("reference", { to: what, name: "", arm: null, responded: null });
    parent.children.splice(parent.children.indexOf(node), 1, { ...other, id: node.id });
    this.changed();
  }

  fieldsOf(node, scope) {
    if (scope.table) return this.data.catalogue.related[scope.table].fields;
    const score = this.data.catalogue.scores.find((item) => `score:${item.name}` === node.of);
    if (score || node.of.startsWith("score:")) return score ? score.fields : [];
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
};
