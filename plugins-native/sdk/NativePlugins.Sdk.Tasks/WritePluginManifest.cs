using System;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.Build.Framework;

namespace NativePlugins.Sdk.Tasks;

/// <summary>Writes the manifest of a plugin from what its managed assembly says.</summary>
public sealed class WritePluginManifest : ITask
{
    /// <summary>Set by MSBuild.</summary>
    public IBuildEngine BuildEngine { get; set; } = null!;

    /// <summary>Set by MSBuild.</summary>
    public ITaskHost HostObject { get; set; } = null!;

    /// <summary>The managed assembly that the library was compiled from.</summary>
    [Required]
    public string Assembly { get; set; } = "";

    /// <summary>The ABI version of the description, "major.minor".</summary>
    [Required]
    public string Abi { get; set; } = "";

    /// <summary>The runtime identifier that the library was compiled for.</summary>
    [Required]
    public string RuntimeIdentifier { get; set; } = "";

    /// <summary>The published library.</summary>
    [Required]
    public string Library { get; set; } = "";

    /// <summary>Further files that belong to the plugin, relative to the library's directory.</summary>
    public ITaskItem[] Files { get; set; } = [];

    /// <summary>The manifest's path.</summary>
    [Required]
    public string Manifest { get; set; } = "";

    /// <summary>Writes the file. False, with an error logged, when that is not possible.</summary>
    public bool Execute()
    {
        if (!File.Exists(Library))
        {
            return Fail("NPS101", $"Publishing left no native library at '{Library}'. Was PublishAot set to false, or a file deleted meanwhile?");
        }

        PluginFacts facts;
        using (FileStream stream = File.OpenRead(Assembly))
        {
            facts = PluginFacts.Read(stream);
        }

        if (!facts.IsPlugin)
        {
            return Fail("NPS102", $"'{Assembly}' has no plugin class. Mark one class with [Plugin], or set the property IsNativePlugin to false.");
        }

        string[] files = [.. Files.Select(f => f.ItemSpec.Replace('\\', '/')).Distinct(StringComparer.Ordinal).OrderBy(f => f, StringComparer.Ordinal)];
        string text = ManifestText.Of(facts, Abi, RuntimeIdentifier, Path.GetFileName(Library), files);
        File.WriteAllText(Manifest, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return true;
    }

    private bool Fail(string code, string message)
    {
        BuildEngine.LogErrorEvent(new BuildErrorEventArgs(
            subcategory: null, code, BuildEngine.ProjectFileOfTaskNode, 0, 0, 0, 0, message, helpKeyword: null, nameof(WritePluginManifest)));
        return false;
    }
}
