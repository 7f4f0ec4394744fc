// The first message brings the compiled engine; `main` then listens for the rest.
import { initSync } from "./worker.js";

self.onmessage = ({ data }) => {
  self.onmessage = null;
  initSync({ module: data.module });
};
