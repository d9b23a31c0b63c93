import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
/** A Chromium of this machine, or that `CHROMIUM` names; `undefined` where there is none. */
export const executable = process.env["CHROMIUM"] ?? PLACES.find((place) => existsSync(place));

/** Neither as root nor in a container can its sandbox be made; it sees pages of this machine alone. */
const OPTIONS = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update"];

export function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: executable!, args: OPTIONS });
}
