// The first message brings the compiled module; `main` then listens for the rest.
import { initSync } from "./io.js";

self.onmessage = ({ data }) => {
  self.onmessage = null;
  initSync({ module: data.module });
};
