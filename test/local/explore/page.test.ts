import type { Shown } from "../../../local/cluster/protocol";
import { renderNotebook } from "../../../local/explore/page";

function render(items: readonly Shown[], end: Parameters<typeof renderNotebook>[0]["end"] = { exitValue: undefined }) {
  return renderNotebook({ name: "1a", environment: "dev", items, end });
}

test("markdown is set as text, code as it is written", () => {
  const page = render([
    { cell: "markdown", source: "# Title\n\nSome `code`." },
    { cell: "python", source: 'if a < b:\n    print("&")' },
  ]);
  expect(page).toContain("<h1>Title</h1>");
  expect(page).toContain("<p>Some <code>code</code>.</p>");
  expect(page).toContain('<pre class="code">if a &#60; b:\n    print(&#34;&#38;&#34;)</pre>');
});

test("what is printed in pieces is one text, and markup in it is harmless", () => {
  const page = render([{ text: "<b>one" }, { text: "\n" }, { text: "two\n" }]);
  expect(page).toContain('<pre class="output">&#60;b&#62;one\ntwo</pre>');
});

test("a table has numbers flush right, tells null from text, and says when it was cut", () => {
  const rows = [
    ["1", "2015-01-01", null],
    ["-0.5", "none", "1e-07"],
  ];
  const page = render([{ table: { columns: ["n", "what", "p"], rows, isComplete: false } }]);
  const cells = [...page.matchAll(/<td class="(\w+)">(.*?)<\/td>/g)].map(([, align, cell]) => `${align} ${cell}`);
  expect(cells.slice(0, 3)).toEqual(["number 1", "text 2015-01-01", "number <i>null</i>"]);
  expect(page).toContain("the first 2 rows");
});

test("a statement without rows shows nothing", () => {
  expect(render([{ table: { columns: [], rows: [], isComplete: true } }])).not.toContain("<table>");
});

test("a picture is in the page itself, and nothing is loaded from elsewhere", () => {
  const page = render([{ cell: "markdown", source: "# Title" }, { picture: "aGVsbG8=" }, { html: "<b>bold</b>" }]);
  expect(page).toContain('src="data:image/png;base64,aGVsbG8="');
  expect(page).toContain('<div class="output"><b>bold</b></div>');
  expect(page).not.toMatch(/https?:|<script|<link/);
});

test("the exit value is shown, JSON over several lines", () => {
  expect(render([], { exitValue: '{"rows":3}' })).toContain("{\n  &#34;rows&#34;: 3\n}");
  expect(render([], { exitValue: "done" })).toContain('<pre class="output">done</pre>');
});

test("the page is dark for who prefers it, light on paper, and every colour has both", () => {
  const style = /<style>([^]*?)<\/style>/.exec(render([]))![1]!;
  const [light, dark] = [...style.matchAll(/:root \{([^}]*)\}/g)].map(([, block]) => block!.match(/--[\w-]+/g));
  expect(style).toContain("@media screen and (prefers-color-scheme: dark)");
  expect(dark).toEqual(light);
  expect(style.replaceAll(/:root \{[^}]*\}/g, "")).not.toMatch(/#[0-9a-f]{3,6}\b/);
});

test("an error ends the page with its traceback", () => {
  const page = render([{ cell: "python", source: "raise ValueError" }], {
    traceback: 'File "1a.py", line 3\nValueError',
  });
  expect(page).toContain('<pre class="error">File &#34;1a.py&#34;, line 3\nValueError</pre>');
});
