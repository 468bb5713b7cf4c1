// The launcher tile and the command "Design spec": both open a fresh copy of the notebook, at its Start panel.
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

  async function plugin() {
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
      const made = await plugin();
      return () => ({ __esModule: true, default: made });
    },
  };
  (window._JUPYTERLAB ??= {})["jupyter-speckit"] = container;
})();
