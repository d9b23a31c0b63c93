import { parseBlock } from "../../../environments/settings/block";

test.each(["10.0.0.0/33", "256.0.0.0/8", "010.0.0.0/8", "10.0.0/8", "10.0.0.0/08", "10.128.0.0/8", 7, undefined])(
  "%p is no block",
  (text) => {
    expect(parseBlock(text)).toBeUndefined();
  },
);

test("a block is its first and last address", () => {
  expect(parseBlock("10.0.1.0/24")).toEqual({ first: 167772416, last: 167772671, prefix: 24 });
  expect(parseBlock("0.0.0.0/0")).toEqual({ first: 0, last: 2 ** 32 - 1, prefix: 0 });
});
