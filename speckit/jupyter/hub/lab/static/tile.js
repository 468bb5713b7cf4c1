// The launcher tile and the command "Design spec", which open a fresh copy of the notebook at its Start panel, and
// what a click on a place in the research does: it opens the document beside the notebook, at the cited line.
//
// JupyterLab loads this file as it stands (package.json names it) and asks the container at its end for a module.
// What it needs of Lab comes out of Lab's share scope, so that there is nothing to bundle and nothing to build.
(() => {
  const COMMAND = "speckit:new";
  const NOTEBOOK = new URL("create-spec.ipynb", document.currentScript.src);
  const MOST_COPIES = 99; // in one folder, before a copy keeps the name that Jupyter gave it
  const ICON =
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24"><g class="jp-icon3" fill="none" ' +
    'stroke="#616161" stroke-width="2"><path d="M5 3h10l4 4v14H5z"/><path d="M8 10h8M8 14h8M8 18h4"/></g></svg>';
  let scope = {};

  /** A package as Lab itself uses it; empty where this front end has none. */
  async function shared(name) {
    const versions = Object.values(scope[name] ?? {});
    const version = versions.find((one) => one.loaded) ?? versions[0];
    return version ? (await version.get())() : {};
  }

  /** A notebook without what an earlier run left in it. */
  function fresh({ cells, ...notebook }) {
    const own = cells.filter((cell) => !cell.metadata.tags?.includes("injected-parameters"));
    const cleared = { outputs: [], execution_count: null };
    return { ...notebook, cells: own.map((cell) => (cell.cell_type === "code" ? { ...cell, ...cleared } : cell)) };
  }

  /** Write a fresh copy into a folder, beside what is there, and return its path. */
  async function copyInto(folder, contents) {
    const reply = await fetch(NOTEBOOK);
    if (!reply.ok) throw new Error(`The notebook cannot be read (${reply.status}): install jupyter-speckit again.`);
    const content = fresh(await reply.json());
    const { path } = await contents.newUntitled({ path: folder, type: "notebook" });
    await contents.save(path, { type: "notebook", format: "json", content });
    for (let copy = 1; copy <= MOST_COPIES; copy += 1) {
      const name = copy === 1 ? "design-spec.ipynb" : `design-spec-${copy}.ipynb`;
      try {
        return (await contents.rename(path, folder ? `${folder}/${name}` : name)).path;
      } catch (problem) {
        if (problem.response?.status !== 409) return path;
      }
    }
    return path;
  }

  /** Open a notebook and run it once its kernel is there; a front end without tabs only opens it. */
  async function openAndRun(app, path) {
    const panel = await app.commands.execute("docmanager:open", { path, factory: "Notebook" });
    panel?.sessionContext?.ready.then(async () => {
      app.shell.activateById(panel.id);
      await app.commands.execute("notebook:run-all-cells");
      panel.content.activeCellIndex = 0;
      await panel.content.scrollToItem(0);
    });
    return panel;
  }

  /** A path from the folder of a file, as Jupyter names it, without `.` and `..`; null where it leads out. */
  function resolved(file, path) {
    const parts = [];
    for (const part of [...file.split("/").slice(0, -1), ...path.split("/")]) {
      if (part === ".." && !parts.length) return null;
      if (part === "..") parts.pop();
      else if (part && part !== ".") parts.push(part);
    }
    return parts.join("/");
  }

  /** Open documents beside a notebook, all in the same place. */
  function opener(app) {
    let beside = null;
    return async (notebook, place) => {
      const [path, line] = place.split("#L");
      const there = beside && !beside.isDisposed;
      const options = there ? { mode: "tab-after", ref: beside.id } : { mode: "split-right", ref: notebook.id };
      const name = resolved(notebook.context.path, decodeURIComponent(path));
      if (name === null) return;
      beside = await app.commands.execute("docmanager:open", { path: name, factory: "Editor", options });
      await beside.context.ready;
      const position = { line: Math.max(0, parseInt(line || "1", 10) - 1), column: 0 };
      beside.content.editor.setCursorPosition(position);
      beside.content.editor.revealPosition(position);
    };
  }

  /** Open what a click names, where that is a file of the project and the click is in a notebook. */
  function follow(app, open, event) {
    const link = event.target.closest?.("[data-open], .speckit-panel a[href]");
    const notebook = app.shell.currentWidget;
    const place = link?.dataset.open ?? link?.getAttribute("href") ?? "";
    if (!place || /^([a-z]+:|#)/i.test(place) || !notebook?.context?.path.endsWith(".ipynb")) return;
    event.preventDefault();
    event.stopPropagation();
    const root = link.closest("[data-root]")?.dataset.root ?? "";
    open(notebook, root + place);
  }

  function placesPlugin() {
    return {
      id: "jupyter-speckit:places",
      autoStart: true,
      activate: (app) => {
        const open = opener(app);
        document.addEventListener("click", (event) => follow(app, open, event), true);
        document.documentElement.dataset.speckitOpens = "";
      },
    };
  }

  async function tilePlugin() {
    const { ICommandPalette, showErrorMessage } = await shared("@jupyterlab/apputils");
    const { IDefaultFileBrowser } = await shared("@jupyterlab/filebrowser");
    const { ILauncher } = await shared("@jupyterlab/launcher");
    const { LabIcon } = await shared("@jupyterlab/ui-components");
    const tokens = [ICommandPalette, IDefaultFileBrowser, ILauncher].filter(Boolean);

    function activate(app, ...services) {
      const [palette, browser, launcher] = [ICommandPalette, IDefaultFileBrowser, ILauncher].map(
        (token) => services[tokens.indexOf(token)],
      );
      app.commands.addCommand(COMMAND, {
        label: "Design spec",
        caption: "Turn research into a reviewed design spec",
        icon: LabIcon && new LabIcon({ name: COMMAND, svgstr: ICON }),
        execute: async ({ cwd } = {}) => {
          try {
            const folder = cwd ?? browser?.model.path ?? "";
            return await openAndRun(app, await copyInto(folder, app.serviceManager.contents));
          } catch (problem) {
            return showErrorMessage("No design spec was opened", problem);
          }
        },
      });
      palette?.addItem({ command: COMMAND, category: "Notebook Operations" });
      const kernelIconUrl = `data:image/svg+xml,${encodeURIComponent(ICON)}`; // what cards of notebooks show
      launcher?.add({ command: COMMAND, category: "Notebook", rank: 100, kernelIconUrl });
    }

    return { id: "jupyter-speckit:tile", autoStart: true, optional: tokens, activate };
  }

  const container = {
    init: (shareScope) => {
      scope = shareScope;
    },
    get: async () => {
      const made = [await tilePlugin(), placesPlugin()];
      return () => ({ __esModule: true, default: made });
    },
  };
  (window._JUPYTERLAB ??= {})["jupyter-speckit"] = container;
})();
