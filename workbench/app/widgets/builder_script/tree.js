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
  if ("related" in raw) return readRelated(raw);
  if ("field" in raw) return readField(raw);
  return readReference(raw);
}

// "not" holds one condition; a group under it is shown as that group negated, anything else as "none of" one.
function readNot(inner) {
  const child = readNode(inner);
  if (child.kind === "group" && !child.negated) return { ...child, negated: true };
  return { ...newGroup([child], "any"), negated: true, isBare: true };
}

function readField(raw) {
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
  const by = (raw.by || []).map((item) => fresh("order", { field: item.field, order: item.order || "ascending" }));
  return { top: raw.top === undefined ? null : raw.top, by, one_per: raw.one_per || null };
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
  if (limit.by.length) written.by = limit.by.map((item) => ({ field: item.field, order: item.order }));
  if (limit.one_per) written.one_per = limit.one_per;
  return written;
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
  for (const key of ["steps", "children", "suppress", "by"]) {
    (after[key] || []).forEach((child, index) => keepIdentities((before[key] || [])[index], child));
  }
  for (const key of ["base", "group", "where", "limit"]) keepIdentities(before[key], after[key]);
}
