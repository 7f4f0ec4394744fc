// Draws the PNG icons from the geometry of public/icons/ballast.svg: `node e2e/icons.mjs`.
import { writeFileSync } from "node:fs";
import { PNG } from "pngjs";

const INK = [0x0f, 0x5e, 0x75];
const PAPER = [0xff, 0xff, 0xff];
const UNITS = 24;
const SAMPLES = 4;
// Top left, top right, bottom right, bottom left x; top and bottom y; opacity.
const BARS = [
  { top: [1, 23], bottom: [1.8, 22.2], y: [3, 7], opacity: 1 },
  { top: [3.2, 20.8], bottom: [4.1, 19.9], y: [10, 14], opacity: 0.75 },
  { top: [6, 18], bottom: [7.4, 16.6], y: [17, 22], opacity: 1 },
];

function opacityAt(x, y) {
  for (const bar of BARS) {
    const share = (y - bar.y[0]) / (bar.y[1] - bar.y[0]);
    if (share < 0 || share >= 1) continue;
    const left = bar.top[0] + (bar.bottom[0] - bar.top[0]) * share;
    const right = bar.top[1] + (bar.bottom[1] - bar.top[1]) * share;
    if (x >= left && x < right) return bar.opacity;
  }
  return 0;
}

// `scale` is the share of the picture the mark fills; a maskable icon keeps it inside the safe circle.
function draw(size, scale, isOpaque) {
  const png = new PNG({ width: size, height: size });
  const unit = (pixel) => ((pixel / size - 0.5) / scale + 0.5) * UNITS;
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      let ink = 0;
      for (let sample = 0; sample < SAMPLES * SAMPLES; sample += 1) {
        const dx = ((sample % SAMPLES) + 0.5) / SAMPLES;
        const dy = (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES;
        ink += opacityAt(unit(x + dx), unit(y + dy)) / (SAMPLES * SAMPLES);
      }
      const at = (y * size + x) * 4;
      for (let channel = 0; channel < 3; channel += 1) {
        const mixed = INK[channel] * ink + PAPER[channel] * (1 - ink);
        png.data[at + channel] = isOpaque ? Math.round(mixed) : INK[channel];
      }
      png.data[at + 3] = isOpaque ? 255 : Math.round(255 * ink);
    }
  }
  return PNG.sync.write(png);
}

const folder = new URL("../public/icons/", import.meta.url);
writeFileSync(new URL("ballast-192.png", folder), draw(192, 0.86, false));
writeFileSync(new URL("ballast-512.png", folder), draw(512, 0.86, false));
writeFileSync(new URL("ballast-512-maskable.png", folder), draw(512, 0.5, true));
