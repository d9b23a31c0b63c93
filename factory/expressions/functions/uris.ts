import type { Value } from "../value";
import { asText, content, isContent } from "../value-text";
import { bytesOf, fromBase64 } from "./conversions";
import { ParameterError } from "../error";
import { eager, type ExpressionFunction, text, wrong } from "./function";

const encodeUri = eager(1, 1, (value) => percentEncoded(asText(value!)));
const decodeUri = eager(1, 1, (value) => percentDecoded(text(value)).toString());

const dataUriToString = eager(1, 1, (value) => {
  const { type, bytes } = dataUri(value);
  const charset = /;\s*charset=([^;]*)/i.exec(type)?.[1] ?? "utf-8";
  if (charset.toLowerCase() !== "utf-8") throw new ParameterError(`does not know the charset "${charset}"`);
  return bytes.toString();
});

export const URIS: Readonly<Record<string, ExpressionFunction>> = {
  uriComponent: encodeUri,
  encodeUriComponent: encodeUri,
  uriComponentToString: decodeUri,
  decodeUriComponent: decodeUri,
  uriComponentToBinary: eager(1, 1, (value) => content("application/octet-stream", percentDecoded(text(value)))),
  dataUri: eager(1, 1, (value) => {
    if (value === null) throw wrong("a value", value);
    return `data:${typeForUri(value!)};base64,${bytesOf(value!).toString("base64")}`;
  }),
  dataUriToString,
  decodeDataUri: dataUriToString,
  dataUriToBinary: eager(1, 1, (value) => {
    const { type, bytes } = dataUri(value);
    return content(type, bytes);
  }),
};

function typeForUri(value: Value): string {
  if (isContent(value)) return value["$content-type"];
  return `${typeof value === "string" ? "text/plain" : "application/json"};charset=utf-8`;
}

function dataUri(value: Value | undefined): { readonly type: string; readonly bytes: Buffer } {
  const [, header = "", written] = /^data:([^,]*),(.*)$/is.exec(text(value)) ?? [];
  const parts = header.split(";");
  const encoded = parts.at(-1)?.toLowerCase() === "base64";
  const type = (encoded ? parts.slice(0, -1) : parts).join(";");
  if (written === undefined || type.startsWith(";")) throw wrong("a data URI, as data:TYPE;base64,CONTENT", value);
  return { type: type || "text/plain", bytes: encoded ? fromBase64(written) : percentDecoded(written) };
}

function percentEncoded(value: string): string {
  return Array.from(Buffer.from(value), (byte) => {
    const letter = String.fromCharCode(byte);
    return /[A-Za-z0-9_.~-]/.test(letter) ? letter : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }).join("");
}

/** `+` is a space, `%uHHHH` a character, and a `%` without digits stays. */
function percentDecoded(value: string): Buffer {
  const parts = value
    .replaceAll("+", " ")
    .replace(/%u([0-9a-fA-F]{4})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    .split(/(%[0-9a-fA-F]{2})/);
  return Buffer.concat(
    parts.map((part, index) => (index % 2 === 1 ? Buffer.from(part.slice(1), "hex") : Buffer.from(part))),
  );
}
