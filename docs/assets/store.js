// What does the guide remember for a reader? It stays in this browser, under one key a purpose, with a version inside.
//
// A value that is broken, or has another version or shape, is set aside under a key of its own, so that it breaks no page
// and is not lost. Where the browser refuses to store, or has no room, nothing throws: reading finds nothing, and writing
// says that it did not happen.

function attempt(work, otherwise) {
  try {
    return work();
  } catch {
    return otherwise;
  }
}

// `isValid` is asked of what was kept, and must bear anything that JSON can say.
export function openStore(purpose, version, isValid) {
  const key = `qdocs:${purpose}`;
  const aside = `${key}:aside`;

  function read() {
    const text = localStorage.getItem(key);
    if (text === null) return null;
    const kept = attempt(() => JSON.parse(text), null);
    if (kept?.version === version && isValid(kept.data)) return kept.data;
    localStorage.removeItem(key);
    localStorage.setItem(aside, text);
    return null;
  }

  function canKeep() {
    const probe = `${key}:probe`;
    localStorage.setItem(probe, "");
    localStorage.removeItem(probe);
    return true;
  }

  function write(data, at) {
    localStorage.setItem(key, JSON.stringify({ version, at, data }));
    return true;
  }

  function forget() {
    for (const name of [key, aside]) localStorage.removeItem(name);
    return true;
  }

  return {
    read: () => attempt(read, null), // what was kept, or null
    canKeep: () => attempt(canKeep, false),
    // When that was written last, as an ISO date; null where it is not known.
    written: () => attempt(() => JSON.parse(localStorage.getItem(key))?.at ?? null, null),
    // Whether it is kept.
    write: (data, at = new Date().toISOString()) => attempt(() => write(data, at), false),
    forget: () => attempt(forget, false),
  };
}
