// Runs in the reader's browser: tables that can be searched and sorted by a column. Without it they are whole, in the order of the report.

/** Smaller first: numbers by their size, and before texts. */
function compare(one, other) {
  const [left, right] = [one, other].map((value) => (value === "" ? NaN : Number(value)));
  if (!Number.isNaN(left) && !Number.isNaN(right)) return left - right;
  if (Number.isNaN(left) !== Number.isNaN(right)) return Number.isNaN(left) ? 1 : -1;
  return one < other ? -1 : Number(one > other);
}

/** Whether a row has all words of a search, each anywhere. */
function matches(text, search) {
  const row = text.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => row.includes(word));
}

for (const box of document.querySelectorAll("[data-searched]")) {
  const body = box.querySelector("tbody");
  const rows = [...body.rows];
  const value = (row, column) =>
    row.cells[column].querySelector("[data-value]")?.dataset.value ?? row.cells[column].textContent.trim();

  const search = document.createElement("input");
  search.type = "search";
  search.placeholder = box.dataset.searched;
  search.setAttribute("aria-label", box.dataset.searched);
  const found = document.createElement("span");
  found.className = "found";
  found.setAttribute("role", "status");
  const find = () => {
    for (const row of rows) row.hidden = !matches(row.textContent, search.value);
    found.textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length}`;
  };
  search.addEventListener("input", find);
  find();
  box.prepend(search, found);

  [...box.querySelectorAll("th")].forEach((head, column) => {
    const button = document.createElement("button");
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const falling = head.ariaSort === "ascending";
      for (const other of box.querySelectorAll("th")) other.ariaSort = null;
      head.ariaSort = falling ? "descending" : "ascending";
      rows.sort((one, other) => compare(value(one, column), value(other, column)) * (falling ? -1 : 1));
      body.append(...rows);
    });
  });
}
