#!/usr/bin/env pwsh
# Hands over to the build program in eng/Build; ./build.ps1 --help lists its verbs.
$ErrorActionPreference = 'Stop'
Set-Location -LiteralPath $PSScriptRoot
if (-not (Get-Command dotnet -ErrorAction SilentlyContinue)) {
    [Console]::Error.WriteLine("build.ps1: 'dotnet' is not on the PATH. Install the .NET 10 SDK: https://dotnet.microsoft.com/download/dotnet/10.0")
    exit 69
}
$env:DOTNET_NOLOGO = $env:DOTNET_CLI_TELEMETRY_OPTOUT = $env:MSBUILDDISABLENODEREUSE = '1'
dotnet run --project eng/Build --configuration Release '--' @args
exit $LASTEXITCODE
