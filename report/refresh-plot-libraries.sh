#!/bin/sh
# Fetches the plot libraries that the report inlines, at the versions below, checks their SHA-256 and
# puts the browser bundles and licences into the module's resources. Needs npm, tar and sha256sum; only
# for changing a version: the build itself needs none of them. Why: docs/decisions/0007-plots.md.
set -eu
cd "$(dirname "$0")"
target=$PWD/src/main/resources/dev/mettle/report/vendor
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# name version sha256 of the npm package
packages='vega 6.4.0 3521fb6ff68a94a40323954f0ba4484ba4014b157bfd37f89a3b063082320c42
vega-lite 6.5.0 811230a6bfd2cdbfc359d0c38f624a90df86657b7f251b67be88bcc4eee32b7f
vega-embed 7.3.0 d9a958ced3240f0418df7d5e12e97dba6e63cecda15b8403e47a0db7eb6ea859'

mkdir -p "$target"
: >"$target/VERSIONS"
echo "$packages" | while read -r name version sum; do
    (cd "$work" && npm pack --silent "$name@$version" >/dev/null)
    archive=$work/$name-$version.tgz
    echo "$sum  $archive" | sha256sum --check --quiet
    mkdir "$work/$name"
    tar -xzf "$archive" -C "$work/$name" --strip-components=1
    # The source map is not shipped; a comment that names it would make browsers look for it.
    sed '/^\/\/# sourceMappingURL=/d' "$work/$name/build/$name.min.js" >"$target/$name.min.js"
    cp "$work/$name/LICENSE" "$target/$name.LICENSE"
    echo "$name $version BSD-3-Clause" >>"$target/VERSIONS"
done
cat "$target/VERSIONS"
