namespace NativePlugins.EndToEnd.Tests;

/// <summary>Runs the embedder where <c>/mnt</c> is a file system of its own, mounted with the given options.</summary>
internal sealed class StagingMount(string options) : IDisposable
{
    private readonly Scratch _scratch = new();

    /// <summary>Loads a copy of a library, staged on the mount.</summary>
    public HostResult Stage(string library) => Run("stage", _scratch.Copy(library), "/mnt");

    public HostResult Run(params string[] command)
    {
        string script = $"mount -t tmpfs -o {options} none /mnt && exec \"$0\" \"$@\"";
        return HostProcess.RunProgram(
            "unshare", new HostEnvironment(), [.. PrivateMountFactAttribute.Unshare, "sh", "-c", script, Repository.NativeEmbedder, .. command]).Exits(0);
    }

    public void Dispose() => _scratch.Dispose();
}
