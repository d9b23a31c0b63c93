// A pipeline as a graph: each activity to the right of those that it depends on.

const WIDTH = 176;
const HEIGHT = 44;
const GAP_X = 44;
const GAP_Y = 18;

/** All activities, those inside a condition or a loop after it. */
export function nodesOf(activities, outer) {
  return activities.flatMap((activity) => {
    const after = (activity.dependsOn ?? []).map((dependency) => dependency.activity);
    const {
      ifTrueActivities,
      ifFalseActivities,
      activities: looped,
      cases,
      defaultActivities,
    } = activity.typeProperties ?? {};
    const inside = [
      ifTrueActivities,
      ifFalseActivities,
      looped,
      defaultActivities,
      ...(cases ?? []).map((one) => one.activities),
    ];
    return [
      { name: activity.name, type: activity.type, after: after.length > 0 || outer === undefined ? after : [outer] },
      ...inside.flatMap((some) => nodesOf(some ?? [], activity.name)),
    ];
  });
}

/** Places the nodes in columns; the size is in pixels. */
export function layOut(nodes) {
  const columns = new Map();
  const columnOf = (name) => {
    if (columns.has(name)) return columns.get(name);
    columns.set(name, 0); // a circle ends here
    const node = nodes.find((one) => one.name === name);
    const column = node === undefined ? -1 : Math.max(-1, ...node.after.map(columnOf)) + 1;
    columns.set(name, column);
    return column;
  };
  const rows = new Map();
  const placed = nodes.map((node) => {
    const column = columnOf(node.name);
    const row = rows.get(column) ?? 0;
    rows.set(column, row + 1);
    return { ...node, x: column * (WIDTH + GAP_X), y: row * (HEIGHT + GAP_Y) };
  });
  const width = Math.max(0, ...placed.map(({ x }) => x + WIDTH));
  const height = Math.max(0, ...placed.map(({ y }) => y + HEIGHT));
  return { placed, width, height };
}

/** The graph as SVG; `statuses` says what became of each activity in the run that is shown. */
export function graph(html, activities, statuses) {
  const { placed, width, height } = layOut(nodesOf(activities));
  const byName = new Map(placed.map((node) => [node.name, node]));
  const edges = placed.flatMap((node) =>
    node.after.flatMap((name) => {
      const from = byName.get(name);
      if (from === undefined) return [];
      const [x1, y1, x2, y2] = [from.x + WIDTH, from.y + HEIGHT / 2, node.x, node.y + HEIGHT / 2];
      const middle = (x1 + x2) / 2;
      return [html`<path class="edge" d=${`M${x1},${y1} C${middle},${y1} ${middle},${y2} ${x2},${y2}`} />`];
    }),
  );
  const label = placed.map(({ name }) => `${name} ${statuses.get(name) ?? "not run"}`).join(", ");
  return html`<svg
    role="img"
    aria-label=${`Activities: ${label}`}
    width=${width + 4}
    height=${height + 4}
    viewBox=${`-2 -2 ${width + 4} ${height + 4}`}
  >
    ${edges}
    ${placed.map(
      ({ name, type, x, y }) =>
        html`<g class=${`node ${statuses.get(name) ?? ""}`} transform=${`translate(${x},${y})`}>
          <rect width=${WIDTH} height=${HEIGHT} rx="6" />
          <text x="10" y="19">${name}</text>
          <text x="10" y="35" class="quiet">${statuses.get(name) ?? type}</text>
        </g>`,
    )}
  </svg>`;
}
