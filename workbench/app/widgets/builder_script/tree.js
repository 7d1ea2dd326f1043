// The definition as a tree of nodes with identities, and back.

let lastId = 0;

function fresh(kind, more) {
  lastId += 1;
  return { id: `n${lastId}`, kind, ...more };
}

function blankRule() {
  return fresh("field", { of: "contact", field: "", op: "", value: null });
}

function blankRelated(table) {
  return fresh("related", {
    table, where: null, within: null, measure: { kind: "count", field: "rows" }, op: "at_least", value: 1,
  });
}

function blankHabit(table) {
  return fresh("habit", { habit: "first_time", table, where: null, ...HABITS.first_time });
}

function blankSequence(first, second) {
  return fresh("sequence", { events: [newEvent(first), newEvent(second)], within: null, in_last: null });
}

function newEvent(table) {
  return fresh("event", { table, where: null });
}

function blankCompanyHas() {
  return fresh("company_has", { group: newGroup([blankRule()]) });
}

function blankSql() {
  return fresh("sql", { sql: "" });
}

function newGroup(children, match) {
  return fresh("group", { match: match || "all", negated: false, children });
}

function newStep(action, group) {
  return fresh("step", { action, group: group || newGroup([blankRule()]) });
}

// From the definition ---------------------------------------------------------------------------------------------

function readTree(definition) {
  return {
    base: readBase(definition.base),
    steps: (definition.steps || []).map((raw) => {
      const action = ["add", "reduce", "refine"].find((name) => name in raw) || "add";
      const group = readNode(raw[action] || { all: [] });
      return newStep(action, group.kind === "group" ? group : newGroup([group]));
    }),
    suppress: (definition.suppress || []).map(readSuppression),
    limit: definition.limit ? readLimit(definition.limit) : null,
  };
}

function readBase(raw) {
  if (!raw) return { kind: "everyone", group: null };
  if (raw.type) return { kind: raw.type, group: null };
  const group = readNode(raw);
  return { kind: "where", group: group.kind === "group" ? group : newGroup([group]) };
}

function readNode(raw) {
  if (raw.all || raw.any) {
    const match = raw.all ? "all" : "any";
    return newGroup(raw[match].map(readNode), match);
  }
  if (raw.not) return readNot(raw.not);
  if ("habit" in raw) return readHabit(raw);
  if ("sequence" in raw) return readSequence(raw);
  if ("company_has" in raw) return fresh("company_has", { group: readGroup(raw.company_has) });
  if ("sql" in raw) return fresh("sql", { sql: raw.sql });
  if ("related" in raw) return readRelated(raw);
  if ("score" in raw || "field" in raw) return readField(raw);
  return readReference(raw);
}

function readGroup(raw) {
  const node = readNode(raw);
  return node.kind === "group" ? node : newGroup([node]);
}

// "not" holds one condition; a group under it is shown as that group negated, anything else as "none of" one.
function readNot(inner) {
  const child = readNode(inner);
  if (child.kind === "group" && !child.negated) return { ...child, negated: true };
  return { ...newGroup([child], "any"), negated: true, isBare: true };
}

function readField(raw) {
  if (raw.score !== undefined) return fresh("field", { of: `score:${raw.score}`, field: raw.field, ...readTest(raw) });
  const of = raw.field.startsWith("company.") ? "company" : "contact";
  const field = of === "company" ? raw.field.slice("company.".length) : raw.field;
  return fresh("field", { of, field, ...readTest(raw) });
}

function readTest(raw) {
  const value = raw.value === undefined ? null : raw.value;
  return { op: raw.op || "", value, ignore_case: Boolean(raw.ignore_case), unknown: raw.unknown || null };
}

function readRelated(raw) {
  const where = raw.where ? readNode(raw.where) : null;
  const [op] = Object.keys(raw.within || {});
  const [kind] = Object.keys(raw.measure || { count: "rows" });
  return fresh("related", {
    table: raw.related,
    where: where && where.kind !== "group" ? newGroup([where]) : where,
    within: op ? { op, value: raw.within[op] } : null,
    measure: { kind, field: (raw.measure || { count: "rows" })[kind] },
    ...readTest(raw),
  });
}

function readHabit(raw) {
  const { habit, related, where, ...keys } = raw;
  return fresh("habit", { habit, table: related, where: where ? readGroup(where) : null, ...keys });
}

function readSequence(raw) {
  const events = raw.sequence.map((event) => fresh("event", { table: event.related, where: event.where ? readGroup(event.where) : null }));
  return fresh("sequence", { events, within: raw.within || null, in_last: raw.in_last || null });
}

function readReference(raw) {
  const to = ["segment", "snapshot", "list", "campaign"].find((name) => name in raw) || "segment";
  const responded = raw.responded === undefined ? null : raw.responded;
  return fresh("reference", { to, name: raw[to] || "", arm: raw.arm || null, responded });
}

function readSuppression(raw) {
  if (typeof raw === "string") return fresh("suppression", { reason: raw });
  if (raw.no_consent) return fresh("suppression", { reason: "no_consent", ...raw.no_consent });
  return fresh("suppression", { reason: "frequency_cap", ...raw.frequency_cap });
}

function readLimit(raw) {
  return {
    top: raw.top === undefined ? null : raw.top, per: raw.per || null, by: (raw.by || []).map(readOrder), one_per: raw.one_per || null,
    survivor: (raw.survivor || []).map(readOrder), sample: raw.sample || null,
  };
}

function readOrder(item) {
  const field = item.score ? `score.${item.score}.${item.field}` : item.field;
  return fresh("order", { field, order: item.order || "ascending" });
}

// To the definition -----------------------------------------------------------------------------------------------

// Besides the definition, notes each node's place in numbers, under which the server speaks of it.
function writeTree(tree) {
  const paths = {};
  const steps = tree.steps.map((step, index) => {
    paths[step.id] = String(index + 1);
    return { [step.action]: writeNode(step.group, String(index + 1), paths) };
  });
  const definition = { steps };
  if (tree.base.kind === "where") definition.base = writeNode(tree.base.group, "base", paths);
  else if (tree.base.kind !== "everyone") definition.base = { type: tree.base.kind };
  if (tree.suppress.length) definition.suppress = tree.suppress.map(writeSuppression);
  if (tree.limit) definition.limit = writeLimit(tree.limit);
  return { definition, paths };
}

function writeNode(node, path, paths) {
  paths[node.id] = path;
  if (node.kind === "group") return writeGroup(node, path, paths);
  if (node.kind === "related") return writeRelated(node, path, paths);
  if (node.kind === "field") return writeField(node);
  if (node.kind === "habit") return writeHabit(node, path, paths);
  if (node.kind === "sequence") return writeSequence(node, path, paths);
  if (node.kind === "company_has") return { company_has: writeNode(node.group, `${path}.company_has`, paths) };
  if (node.kind === "sql") return { sql: node.sql };
  return writeReference(node);
}

function writeGroup(group, path, paths) {
  const [only] = group.children;
  if (group.negated && group.isBare && group.children.length === 1 && (only.kind !== "group" || only.negated)) {
    return { not: writeNode(only, `${path}.1`, paths) };
  }
  const below = group.negated ? `${path}.1` : path;
  const written = { [group.match]: group.children.map((child, index) => writeNode(child, `${below}.${index + 1}`, paths)) };
  return group.negated ? { not: written } : written;
}

function writeField(node) {
  const [, score] = node.of.split("score:");
  if (score !== undefined) return { score, field: node.field, ...writeTest(node) };
  return { field: node.of === "company" && node.field ? `company.${node.field}` : node.field, ...writeTest(node) };
}

function writeTest(node) {
  const test = { op: node.op };
  if (!WITHOUT_VALUE.includes(node.op)) test.value = node.value;
  if (node.ignore_case) test.ignore_case = true;
  if (node.unknown) test.unknown = node.unknown;
  return test;
}

function writeRelated(node, path, paths) {
  const written = { related: node.table };
  if (node.where) written.where = writeNode(node.where, `${path}.where`, paths);
  if (node.within) written.within = { [node.within.op]: node.within.value };
  return { ...written, measure: { [node.measure.kind]: node.measure.field }, ...writeTest(node) };
}

function writeHabit(node, path, paths) {
  const written = { habit: node.habit, related: node.table };
  if (node.where) written.where = writeNode(node.where, `${path}.where`, paths);
  for (const key of Object.keys(HABITS[node.habit])) written[key] = node[key];
  return written;
}

function writeSequence(node, path, paths) {
  const sequence = node.events.map((event, index) => {
    const written = { related: event.table };
    if (event.where) written.where = writeNode(event.where, `${path}.${index + 1}.where`, paths);
    return written;
  });
  const spans = Object.fromEntries(["within", "in_last"].filter((key) => node[key]).map((key) => [key, node[key]]));
  return { sequence, ...spans };
}

function writeReference(node) {
  const written = { [node.to]: node.name };
  if (node.to === "campaign" && node.arm) written.arm = node.arm;
  if (node.to === "campaign" && node.responded !== null) written.responded = node.responded;
  return written;
}

function writeSuppression(item) {
  if (item.reason === "no_consent") {
    const purpose = item.purpose ? { purpose: item.purpose } : {};
    return { no_consent: { channel: item.channel, ...purpose } };
  }
  if (item.reason === "frequency_cap") return { frequency_cap: { max: item.max, in_last: item.in_last } };
  return item.reason;
}

function writeLimit(limit) {
  const written = {};
  if (limit.top !== null) written.top = limit.top;
  if (limit.per) written.per = limit.per;
  if (limit.by.length) written.by = limit.by.map(writeOrder);
  if (limit.one_per) written.one_per = limit.one_per;
  if (limit.survivor.length) written.survivor = limit.survivor.map(writeOrder);
  if (limit.sample) written.sample = limit.sample;
  return written;
}

function writeOrder(item) {
  const [, score, field] = /^score\.([^.]+)\.(.+)$/.exec(item.field) || [];
  return score ? { score, field, order: item.order } : { field: item.field, order: item.order };
}

// The same text for the same definition, whatever the order of its keys.
function fingerprint(value) {
  if (Array.isArray(value)) return `[${value.map(fingerprint).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const keys = Object.keys(value).filter((key) => value[key] !== undefined).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${fingerprint(value[key])}`).join(",")}}`;
}

// Gives a new tree the identities of the old one where both have the same shape, so that what is on the page stays.
function keepIdentities(before, after) {
  if (!before || !after || before.kind !== after.kind) return;
  if (before.id && after.id) after.id = before.id;
  for (const key of ["steps", "children", "events", "suppress", "by", "survivor"]) {
    (after[key] || []).forEach((child, index) => keepIdentities((before[key] || [])[index], child));
  }
  for (const key of ["base", "group", "where", "limit"]) keepIdentities(before[key], after[key]);
}
