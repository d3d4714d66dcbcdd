# For the scripts of this directory, which source it: finds Java 25, builds what is stale, and sets JAVA (the command with
# the options of ./mettle; METTLE_JVM_OPTIONS replaces them). The working directory becomes the root.
# shellcheck shell=bash
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

# Prints the comment at the top of the script as its help.
usage() { awk 'NR > 1 { if (!/^#/) exit; sub(/^# ?/, ""); print }' "$0"; }

find_java() {
    local home
    for home in "${JAVA_HOME:-}" /usr/lib/jvm/*25*; do
        if [[ -x $home/bin/javac ]] && grep -q '^JAVA_VERSION="25' "$home/release" 2>/dev/null; then
            JAVA_25=$home/bin/java
            return
        fi
    done
    echo "$0: no JDK 25 found; set JAVA_HOME." >&2
    exit 2
}

# Sets PYTHON to one with the module $1.
find_python() {
    local candidate
    for candidate in "${PYTHON:-python3}" /usr/bin/python3; do
        if "$candidate" -c "import $1" 2>/dev/null; then
            PYTHON=$candidate
            return
        fi
    done
    echo "$0 needs python3 with $1 (Debian: apt install python3-$1); set PYTHON to another one." >&2
    exit 2
}

build_benchmarks() {
    local built=benchmarks/target/lib/mettle-engine-0.1.0.jar
    if [[ ! -f $built || -n $(find pom.xml {core,engine,data,tables,benchmarks}/{pom.xml,src/main} -newer "$built" -print -quit) ]]; then
        echo "building" >&2
        mvn -q -B -pl benchmarks -am -Dmaven.test.skip=true package >&2
        touch "$built"
    fi
}

print_machine() {
    echo "processor: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -1), $(getconf _NPROCESSORS_ONLN) processors, load $(cut -d' ' -f1 /proc/loadavg 2>/dev/null)"
    echo "java: $("$JAVA_25" -version 2>&1 | sed -n 3p)"
    echo "options: ${JVM_OPTIONS[*]}"
    echo "commit: $(git describe --always --dirty 2>/dev/null || echo none)"
}

find_java
compiler_threads=
(($(getconf _NPROCESSORS_ONLN) >= 8)) || compiler_threads=-XX:CICompilerCount=4
never_inlined='dontinline,dev.mettle.engine.kernel.*::'
kernels="-XX:CompileCommand=quiet -XX:CompileCommand=${never_inlined}forward -XX:CompileCommand=${never_inlined}backward"
read -ra JVM_OPTIONS <<<"${METTLE_JVM_OPTIONS--XX:+UseG1GC -XX:G1HeapRegionSize=4m -XX:-UseFPUForSpilling $compiler_threads $kernels}"
CLASSPATH_OF_BENCHMARKS="benchmarks/target/mettle-benchmarks-0.1.0.jar:benchmarks/target/lib/*"

# Runs a main class of the benchmarks. The greeting of the Vector API is left out, other messages are not.
java_benchmark() {
    "$JAVA_25" "${JVM_OPTIONS[@]}" --add-modules jdk.incubator.vector -cp "$CLASSPATH_OF_BENCHMARKS" "$@" \
        2> >(grep -v 'Using incubator modules' >&2)
}
