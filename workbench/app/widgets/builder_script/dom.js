// A page drawn again after every change, without ever replacing an element that is still wanted: elements are
// matched by key, so the one being typed into keeps its focus, its caret and its text.

const SVG = "http://www.w3.org/2000/svg";

function h(tag, props, ...children) {
  const given = props || {};
  const wanted = children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
  return { tag, props: given, key: given.key, children: wanted };
}

function activeElement(node) {
  return node.getRootNode().activeElement;
}

function fits(node, wanted) {
  if (!wanted.tag) return node.nodeType === Node.TEXT_NODE;
  return node.nodeType === Node.ELEMENT_NODE && node.localName === wanted.tag;
}

function create(wanted) {
  if (!wanted.tag) return document.createTextNode(String(wanted));
  const isDrawing = wanted.tag === "svg" || wanted.tag === "path" || wanted.tag === "circle";
  const node = isDrawing ? document.createElementNS(SVG, wanted.tag) : document.createElement(wanted.tag);
  node.drawnProps = {};
  node.drawnKey = wanted.key;
  return node;
}

function match(parent, wanted) {
  const keyed = new Map();
  const loose = [];
  for (const node of parent.childNodes) {
    if (node.drawnKey === undefined) loose.push(node);
    else keyed.set(node.drawnKey, node);
  }
  return wanted.map((child) => {
    if (child.key !== undefined) {
      const found = keyed.get(child.key);
      return found && fits(found, child) ? found : null;
    }
    const index = loose.findIndex((node) => fits(node, child));
    return index < 0 ? null : loose.splice(index, 1)[0];
  });
}

function patch(parent, wanted) {
  const found = match(parent, wanted);
  const kept = new Set(found);
  for (const node of [...parent.childNodes]) if (!kept.has(node)) node.remove();
  let place = parent.firstChild;
  wanted.forEach((child, index) => {
    const node = found[index] || create(child);
    if (node === place) place = place.nextSibling;
    else parent.insertBefore(node, place);
    update(node, child);
  });
}

function update(node, wanted) {
  if (!wanted.tag) {
    if (node.data !== String(wanted)) node.data = String(wanted);
    return;
  }
  patch(node, wanted.children);
  const before = node.drawnProps;
  for (const name of Object.keys(before)) if (!(name in wanted.props)) setProp(node, name, undefined, before[name]);
  for (const [name, value] of Object.entries(wanted.props)) setProp(node, name, value, before[name]);
  node.drawnProps = wanted.props;
  if (wanted.props.mounted) wanted.props.mounted(node);
}

function setProp(node, name, value, before) {
  if (name === "key" || name === "mounted") return;
  if (name.startsWith("on")) setListener(node, name.slice(2), value);
  else if (name === "value") setValue(node, value);
  else if (name === "checked") node.checked = Boolean(value);
  else if (value === before) return;
  else if (value === undefined || value === null || value === false) node.removeAttribute(name);
  else node.setAttribute(name, value === true ? "" : String(value));
}

function setValue(node, value) {
  const text = value === undefined || value === null ? "" : String(value);
  const isBeingTyped = ["input", "textarea"].includes(node.localName) && node === activeElement(node);
  if (!isBeingTyped && node.value !== text) node.value = text;
}

function setListener(node, type, listener) {
  node.drawnListeners = node.drawnListeners || {};
  if (!(type in node.drawnListeners)) node.addEventListener(type, (event) => {
    const current = node.drawnListeners[type];
    if (current) current(event);
  });
  node.drawnListeners[type] = listener;
}

// Draws, and gives the focus back to an element that lost it only because it was moved.
function draw(root, wanted) {
  const active = activeElement(root);
  patch(root, wanted);
  if (active && active.isConnected && root.contains(active) && activeElement(root) !== active) {
    active.focus({ preventScroll: true });
  }
}
