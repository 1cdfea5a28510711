// An application that embeds NativePlugins.Host, for what tests cannot do in their own process. One verb an experiment.
using NativePlugins.Embedder;

return args switch
{
    ["resident-limit", string library, string count] => ResidentLimit.Run(library, Number(count)),
    ["faults-while-loading", string library, string count] => FaultsWhileLoading.Run(library, Number(count)),
    ["start-turn", string library, .. string[] hanging] => StartTurn.Run(library, hanging),
    ["ending", string who, string how, string library, string nativeLibrary] => Ending.Run(who, how, library, nativeLibrary),
    ["foreign-handler", string library, string grabber] => ForeignHandler.Run(library, grabber),
    ["rounds", string library, string warmUp, string count, .. string[] arguments] => Rounds.Run(library, Number(warmUp), Number(count), arguments),
    ["address-space", string library] => AddressSpace.Run(library),
    ["wait-for-signal", string stopFile, .. string[] libraries] => WaitForSignal.Run(stopFile, libraries),
    ["dispose-while-called", string library, string threads] => DisposeWhileCalled.Run(library, Number(threads)),
    ["reload", string installed, string staging, .. string[] next] => Reload.Run(installed, staging, next),
    ["stage", string library, string staging, .. string[] wait] => Stage.Run(library, staging, wait is ["wait"]),
    ["reload-limit", string oldest, string reloaded, string staging, string count] => ResidentLimit.RunReloading(oldest, reloaded, staging, Number(count)),
    ["exit-in-reload", string library, string staging, string phase] => ExitInReload.Run(library, staging, phase),
    ["threads-end", string library, string staging] => ThreadsEnd.Run(library, staging),
    ["trace", string library] => Trace.Run(library),
    ["held-loader", string hanging, string right, string other] => HeldLoader.Run(hanging, right, other),
    _ => throw new ArgumentException($"There is no verb like this: {string.Join(' ', args)}"),
};

static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
