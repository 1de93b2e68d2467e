# Sourced by the scripts beside it: where the checkout is, what has to be installed, how the command is built.
# Whatever is said here is said on stderr, so that a script's output is its answer and nothing else.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

fail() {
  echo "$(basename "$0"): $*" >&2
  exit 1
}

# What the build needs: the line editor, message digests, checksums, packed files, and the tool by which SwiftPM finds both.
build_packages=(libedit-dev libmd-dev libxxhash-dev zlib1g-dev libzstd-dev pkg-config)

# What the tests of the command need: a terminal to type into, one to look at, a reader of HTML, a validator of JSON.
terminal_packages=(python3 python3-pexpect python3-pyte python3-html5lib python3-jsonschema)

is_installed() {
  [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

# install_missing PACKAGE…: with Debian's package manager, and only what is not there.
install_missing() {
  local missing=() package
  command -v dpkg-query >/dev/null || return 0
  for package in "$@"; do
    is_installed "$package" || missing+=("$package")
  done
  ((${#missing[@]})) || return 0
  local as_root=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null || fail "these packages are missing, and there is no sudo: ${missing[*]}"
    as_root=(sudo)
  fi
  echo "installing ${missing[*]}" >&2
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0)
  { "${apt[@]}" update && "${apt[@]}" install --yes --no-install-recommends "${missing[@]}"; } >&2 </dev/null ||
    fail "could not install ${missing[*]}"
}

# The Python that has those packages: Debian's, where another one comes first in the PATH.
terminal_python() {
  local python
  for python in python3 /usr/bin/python3; do
    if "$python" -c 'import pexpect, pyte, html5lib, jsonschema' 2>/dev/null; then
      echo "$python"
      return
    fi
  done
  fail "the terminal tests need Python's modules pexpect, pyte, html5lib and jsonschema"
}

need_swift() {
  command -v swift >/dev/null || fail "no swift in the PATH: Khabar is built with a Swift 6 toolchain (swift.org/install)"
}

# For a command that starts fast: without addresses to be moved about at the start; and with the standard library in it,
# where the toolchain has it in that form, so that it runs where no Swift is installed.
release_flags() {
  echo "-Xswiftc -Xclang-linker -Xswiftc -no-pie"
  local resources
  resources=$(swiftc -print-target-info | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1/p')
  if [[ -d ${resources}_static ]]; then echo --static-swift-stdlib; fi
}

# Builds the command `khabar`, if it is older than what it is made of.
build_khabar() {
  khabar="$root/.build/release/khabar"
  build_release khabar "$root/Sources" "$root/Package.swift"
}

# build_release PRODUCT FILE…: builds it, if it is older than the last of these files and folders.
build_release() {
  local product=$1 stamp="$root/.build/$1.stamp"
  shift
  if [[ -x $root/.build/release/$product && -e $stamp ]]; then
    [[ -n $(find "$@" -newer "$stamp" -print -quit) ]] || return 0
  fi
  need_swift
  install_missing "${build_packages[@]}"
  mkdir -p "$root/.build"
  touch "$stamp.new"
  # shellcheck disable=SC2046 # several flags
  swift build --package-path "$root" --configuration release --product "$product" $(release_flags) >&2 </dev/null
  mv "$stamp.new" "$stamp"
}

# stage PREFIX [ZSH_FOLDER]: everything that is installed, below a prefix: the command, stand-alone and stripped, its
# manual pages and completions. Says which files they are, relative to it.
stage() {
  local prefix=$1 zsh=${2:-share/zsh/site-functions} built pages
  build_khabar
  pages=$(mktemp -d)
  "$root/Scripts/manual-pages" "$pages"
  install -D --mode 755 --strip "$khabar" "$prefix/bin/khabar"
  for built in 1 5; do
    install -D --mode 644 "$pages/khabar.$built" "$prefix/share/man/man$built/khabar.$built"
  done
  rm -r "$pages"
  local shell place
  while read -r shell place; do
    "$khabar" --generate-completion-script "$shell" | sed '1{/^#!/d}' | install -D --mode 644 /dev/stdin "$prefix/$place"
    echo "$place"
  done <<END
bash share/bash-completion/completions/khabar
zsh $zsh/_khabar
fish share/fish/vendor_completions.d/khabar.fish
END
  printf '%s\n' bin/khabar share/man/man1/khabar.1 share/man/man5/khabar.5
}
