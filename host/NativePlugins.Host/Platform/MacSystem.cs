using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace NativePlugins.Host.Platform;

[UnsupportedOSPlatform("windows")]
internal sealed partial class MacSystem : UnixSystem
{
    protected override int LocalSymbols => 4;

    protected override int OnlyIfMapped => 16;

    protected override int BusErrorSignal => 10;

    protected override int ThreadKeysMax => 86;

    protected override int HomeOffset => 48;

    public override string DataBelowHome => "Library/Application Support";
}
