using NativePlugins.Host.Resolution;
using NativePlugins.Host.Staging;
using NativePlugins.Host.Verification;

namespace NativePlugins.Host.Isolation;

/// <summary>What a worker needs to know to load its plugin.</summary>
internal sealed record LoadRequest
{
    public required ResolvedPlugin File { get; init; }

    /// <summary>The files of the private copy, the library first; empty if the plugin is loaded from where it is installed.</summary>
    public required IReadOnlyList<StagedFile> Staged { get; init; }

    public required VerificationOptions Verification { get; init; }

    public required bool AllowSharedSymbols { get; init; }

    /// <summary>The time that each step may take.</summary>
    public required TimeSpan Deadline { get; init; }

    public required string ApplicationName { get; init; }

    public required string ApplicationVersion { get; init; }

    public PayloadWriter Write()
    {
        PayloadWriter writer = new PayloadWriter()
            .Text(File.Path).Text(File.Stem).Text(File.Directory).Text(File.InstalledPath)
            .Flag(Verification.AllowUntrustedDirectories).Flag(Verification.AllowExecutableStack).Flag(Verification.CheckManifest)
            .Flag(AllowSharedSymbols).Int64(Deadline.Ticks).Text(ApplicationName).Text(ApplicationVersion).Int32(Staged.Count);
        foreach (StagedFile file in Staged)
        {
            writer.Text(file.Name).Text(file.Path).Text(file.Hash);
        }

        return writer;
    }

    public static LoadRequest Read(PayloadReader reader)
    {
        var file = new ResolvedPlugin(reader.Text(), reader.Text(), reader.Text(), reader.Text());
        var verification = new VerificationOptions(reader.Flag(), reader.Flag(), reader.Flag());
        bool allowSharedSymbols = reader.Flag();
        var deadline = new TimeSpan(reader.Int64());
        string name = reader.Text(), version = reader.Text();
        var staged = new StagedFile[reader.Count()];
        for (int i = 0; i < staged.Length; i++)
        {
            staged[i] = new StagedFile(reader.Text(), reader.Text(), reader.Text());
        }

        reader.End();
        return new LoadRequest
        {
            File = file,
            Staged = staged,
            Verification = verification,
            AllowSharedSymbols = allowSharedSymbols,
            Deadline = deadline,
            ApplicationName = name,
            ApplicationVersion = version,
        };
    }
}
