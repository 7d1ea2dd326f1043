// Dragging rules and groups with a pointer; the buttons do the same from the keyboard.

const WithDragging = (Base) => class extends Base {
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
};
