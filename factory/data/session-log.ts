import { cellText, type Cell } from "./cell";
import type { DataError } from "./data-error";
import type { SelectedFile } from "./file-selection";

const HEADER = "Timestamp,Level,OperationName,OperationItem,Message";

/** `Warning`: what was skipped; `Info`: what was copied too. */
export type LogLevel = "Info" | "Warning";

/** What a Copy writes down of files and rows, as CSV in the service's columns. */
export class SessionLog {
  private readonly lines: string[] = [];

  constructor(
    private readonly level: LogLevel,
    private readonly now: () => Date,
  ) {}

  reading({ blob: { name, size, lastModified, contentMD5 }, relativePath }: SelectedFile): void {
    const file = {
      Path: name,
      ItemType: "File",
      Size: size,
      LastModified: lastModified.toISOString(),
      ContentMD5: contentMD5 ?? null,
    };
    this.add("Info", "FileRead", relativePath, `Start to read file: ${JSON.stringify(file)}`);
  }

  written({ relativePath }: SelectedFile): void {
    const message = `Complete writing file from source file: ${relativePath}. File is successfully copied.`;
    this.add("Info", "FileWrite", relativePath, message);
  }

  fileSkipped({ relativePath }: SelectedFile, bytes: number, { message }: Error): void {
    this.add("Warning", "FileSkip", relativePath, `File is skipped after read ${bytes} bytes: ${message}.`);
  }

  rowSkipped(row: readonly Cell[], { reason }: DataError): void {
    this.add("Warning", "TabularRowSkip", row.map((cell) => quoted(textOf(cell))).join(","), reason);
  }

  get text(): string {
    return [HEADER, ...this.lines, ""].join("\r\n");
  }

  private add(level: LogLevel, operation: string, item: string, message: string): void {
    if (level === "Info" && this.level === "Warning") return;
    const time = `${this.now().toISOString().slice(0, 23).replace("T", " ")}0000`;
    this.lines.push([time, level, operation, quoted(item), quoted(message)].join(","));
  }
}

/** The rows that a Copy set aside, each as CSV with the reason behind it. */
export class RedirectedRows {
  private readonly lines: string[] = [];

  add(row: readonly Cell[], { code, reason }: DataError): void {
    const cells = row.map((cell) => (/[",\r\n]/.test(textOf(cell)) ? quoted(textOf(cell)) : textOf(cell)));
    this.lines.push([...cells, quoted(code), quoted(reason)].join(","));
  }

  /** `undefined` where there are none. */
  get text(): string | undefined {
    return this.lines.length === 0 ? undefined : [...this.lines, ""].join("\r\n");
  }
}

function textOf(cell: Cell): string {
  return cell === undefined || cell === null ? "" : cellText(cell);
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
