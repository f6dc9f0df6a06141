// A headless Chromium of the machine, if it has one. CHROMIUM names another program than those on the PATH.

import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** `undefined`: there is none, and what needs it is skipped. */
export function findChromium(): string | undefined {
  const { CHROMIUM, PATH = "" } = process.env;
  if (CHROMIUM !== undefined) return CHROMIUM;
  const places = PATH.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return places.find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** With a profile of its own that goes with the browser, and without anything that would reach for the network. */
export function startChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

export interface Look {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly colorScheme: "light" | "dark";
}

export const DESKTOP: Look = { name: "desktop-light", width: 1280, height: 900, colorScheme: "light" };
export const PHONE: Look = { name: "phone-light", width: 390, height: 844, colorScheme: "light" };

export const LOOKS: readonly Look[] = [
  DESKTOP,
  PHONE,
  { ...DESKTOP, name: "desktop-dark", colorScheme: "dark" },
  { ...PHONE, name: "phone-dark", colorScheme: "dark" },
];
