#!/usr/bin/env bash
# Hands over to the build program in eng/Build; ./build.sh --help lists its verbs.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"
if ! command -v dotnet > /dev/null; then
    echo "build.sh: 'dotnet' is not on the PATH. Install the .NET 10 SDK: https://dotnet.microsoft.com/download/dotnet/10.0" >&2
    exit 69
fi
# The host refuses plugins that others than their owner may write to: some systems let the group write by default.
umask go-w
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1
exec dotnet run --project eng/Build --configuration Release -- "$@"
