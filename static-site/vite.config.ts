import { defineConfig, type Plugin } from "vite";

// Where `npm run dev` finds the API: a local program that runs beside it.
const api = process.env.OPENSLOT_API ?? "http://localhost:4000";

// In production the server answers every /book/<slug> with the one page; here this does. /manage/ is a folder.
const pages: Plugin = {
  name: "openslot-pages",
  configureServer(server) {
    server.middlewares.use((request, _reply, next) => {
      if (/^\/book\/[^/.]+\/?(\?|$)/.test(request.url ?? "")) request.url = "/book/index.html";
      next();
    });
  },
};

// Vite's own helper fetches the styles of what is loaded later; here there are none, and 1 KB is 1 KB.
const plainImports: Plugin = {
  name: "openslot-plain-imports",
  enforce: "pre",
  apply: "build",
  load: (id) =>
    id.includes("vite/preload-helper") ? "export const __vitePreload = (load) => load();" : null,
};

/** Every page is built for itself: none waits for a file that it shares, or carries another's code. */
const built = (page: string, isFirst: boolean) => ({
  consumer: "client" as const,
  build: { rollupOptions: { input: { [page]: `${page}/index.html` } }, emptyOutDir: isFirst },
});

export default defineConfig({
  plugins: [pages, plainImports],
  server: { proxy: { "/v1": api } },
  builder: {},
  environments: { client: built("book", true), manage: built("manage", false) },
  build: {
    modulePreload: false,
    assetsInlineLimit: 0,
    cssCodeSplit: true,
    target: "es2023",
    cssTarget: ["chrome123", "firefox128", "safari17.5"],
    reportCompressedSize: true,
  },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
});
