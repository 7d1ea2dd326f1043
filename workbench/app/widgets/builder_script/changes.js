// Every change that can be made to the tree.

function cloned(node) {
  if (Array.isArray(node)) return node.map(cloned);
  if (node === null || typeof node !== "object") return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, cloned(value)]));
  return copy.kind && copy.id ? { ...copy, id: fresh(copy.kind).id } : copy;
}

function parentOf(root, id) {
  for (const child of root.children) {
    if (child.id === id) return root;
    const found = child.kind === "group" ? parentOf(child, id) : null;
    if (found) return found;
  }
  return null;
}

// Moves one place up or down as the rows are read: into a group that begins there, out of one that ends there.
function moveNode(root, id, by) {
  const parent = parentOf(root, id);
  const index = parent.children.findIndex((child) => child.id === id);
  const [node] = parent.children.splice(index, 1);
  const neighbour = parent.children[by < 0 ? index - 1 : index];
  if (neighbour && neighbour.kind === "group") neighbour.children.splice(by < 0 ? neighbour.children.length : 0, 0, node);
  else if (neighbour) parent.children.splice(index + by, 0, node);
  else if (parent !== root) {
    const outer = parentOf(root, parent.id);
    const place = outer.children.indexOf(parent);
    outer.children.splice(by < 0 ? place : place + 1, 0, node);
  } else parent.children.splice(index, 0, node);
  dropEmptyGroups(root);
}

function canMove(root, id, by) {
  const parent = parentOf(root, id);
  if (parent !== root) return true;
  const index = root.children.findIndex((child) => child.id === id);
  return by < 0 ? index > 0 : index < root.children.length - 1;
}

function dropEmptyGroups(group) {
  group.children.forEach((child) => child.kind === "group" && dropEmptyGroups(child));
  group.children = group.children.filter((child) => child.kind !== "group" || child.children.length);
}

function removeNode(root, id) {
  const parent = parentOf(root, id);
  parent.children = parent.children.filter((child) => child.id !== id);
  dropEmptyGroups(root);
}

function contains(node, id) {
  return node.id === id || (node.children || []).some((child) => contains(child, id));
}
