import ArgumentParser
import Khabar
import KhabarShell

extension CompletionKind {
  /// The models that are built in, files of definitions, and folders.
  static var models: CompletionKind {
    .custom { words, index, begun in
      // For bash a colon is between two words.
      let isBash = CompletionShell.requesting == .bash
      let before = words.indices.contains(index) ? words[..<index].suffix(2) : []
      if isBash, before.last == ":" || begun == ":" {
        return Model.builtInNames.filter { $0.hasPrefix(begun == ":" ? "" : begun) }
      }
      let names = Model.builtInNames.map { ModelFiles.builtInPrefix + $0 }.filter { $0.hasPrefix(begun) }
      // For zsh a colon is before a description.
      let isZsh = CompletionShell.requesting == .zsh
      return names.map { isZsh ? $0.split(separator: ":").joined(separator: "\\:") : $0 }
        // Bash itself puts the `/` after folders.
        + ModelCompletion.paths(begun).map { isBash && $0.last == "/" ? String($0.dropLast()) : $0 }
    }
  }
}
