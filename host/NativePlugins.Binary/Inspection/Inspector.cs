using NativePlugins.Binary.Dependencies;
using NativePlugins.Binary.Diagnosis;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Findings;
using NativePlugins.Binary.Model;
using NativePlugins.Binary.Reading;

namespace NativePlugins.Binary.Inspection;

/// <summary>Puts an inspection together: the verdict comes from the checks before loading, the rest from the readers. Not thread-safe.</summary>
internal sealed class Inspector(BinaryInspectionOptions options, FileSystem system, string? libraryPath)
{
    private readonly DependencyResolver _resolver = DependencyResolver.OfThisProcess(system, libraryPath);
    private readonly DependencyPolicy _policy = new(
        system,
        options.AllowUntrustedDirectories ? null : new FileTrust(system, ApplicationDirectory.Find(system)),
        options.AllowExecutableStack,
        known: []);

    private readonly BinaryTarget _process = BinaryTarget.OfProcess(system);
    private readonly string? _root = options.Root is { } root ? Path.GetFullPath(root) : null;
    private readonly Dictionary<BinaryTarget, DependencyResolver> _others = [];
    private readonly Lazy<IReadOnlyList<string>> _policies = new(SecurityPolicies.Find);

    private BinaryEntryPoint? Required => options.RequireEntryPoint ? options.EntryPoint : null;

    /// <param name="path">Absolute.</param>
    public BinaryInspection Inspect(string path)
    {
        var reasons = new List<BinaryReason>();
        BinaryImage? image = null;
        BinarySymbols? symbols = null;
        BinaryInspection inspection = new() { Path = path, Verdict = new BinaryVerdict(true, []) };
        try
        {
            using BinaryFile file = BinaryFile.Open(path, system);
            inspection = inspection with
            {
                Size = (long)file.Size,
                Sha256 = options.ComputeSha256 ? file.ComputeSha256() : null,
            };
            image = Preflight.Read(file, requireTarget: null, preferTarget: _process, options.EntryPoint);
            file.BeginPass();
            symbols = Preflight.ReadSymbols(file, image.Target);
            file.BeginPass();
            BinaryReason? refusal = CheckLoad(file, ref image);
            file.BeginPass();
            inspection = Describe(inspection, image, symbols, Preflight.ReadDetails(file, image, symbols));
            if (refusal is not null)
            {
                reasons.Add(refusal);
            }
        }
        catch (BinaryException e)
        {
            reasons.Add(e.Reason);
        }

        if (image is not null && symbols is not null && reasons.Count == 0)
        {
            reasons.AddRange(Preflight.Judge(image, system, options.AllowExecutableStack, Required));
            inspection = Resolve(inspection, image, symbols, reasons);
        }
        else if (FirstOfLoading(path) is { } first && first.Code != reasons[0].Code)
        {
            // Loading refuses a file for another system before it reads the rest of the file.
            reasons.Insert(0, first);
        }

        return inspection with { Verdict = new BinaryVerdict(reasons.Count == 0, reasons) };
    }

    /// <summary>Checks also what only the system's loader follows, within the limit of what loading may read.</summary>
    private BinaryReason? CheckLoad(BinaryFile file, ref BinaryImage image)
    {
        try
        {
            if (image.Kind == BinaryKind.SharedLibrary && image.Target == _process)
            {
                image = Preflight.CheckLoad(file, image);
            }

            return null;
        }
        catch (BinaryException e)
        {
            return e.Reason;
        }
    }

    private static BinaryInspection Describe(
        BinaryInspection inspection, BinaryImage image, BinarySymbols symbols, BinaryDetails details) => inspection with
    {
        Format = image.Format,
        Bits = image.Bits,
        IsLittleEndian = image.IsLittleEndian,
        Architecture = image.Architecture,
        System = image.Target.System,
        CLibrary = image.CLibrary,
        Kind = image.Kind,
        Identity = image.Soname,
        ExportsEntry = image.ExportsEntry,
        Dependencies = DependencyList.WithoutPaths(image, symbols),
        SearchPaths = DependencyList.SearchPaths(image),
        Exports = symbols.Exports,
        Undefined = symbols.Undefined,
        Segments = details.Segments,
        Constructors = details.Constructors,
        Destructors = details.Destructors,
        Hardening = details.Hardening,
        MinimumSystem = details.MinimumSystem,
        Toolchain = details.Toolchain,
        BuildId = details.BuildId,
    };

    /// <summary>
    /// If the file's system has a loader that can be followed, adds paths to the dependencies, and a reason for each thing that is missing.
    /// </summary>
    private BinaryInspection Resolve(BinaryInspection inspection, BinaryImage image, BinarySymbols symbols, List<BinaryReason> reasons)
    {
        if (image.Kind is not (BinaryKind.SharedLibrary or BinaryKind.Executable) || Choose(image) is not ({ } resolver, { } there))
        {
            return inspection;
        }

        try
        {
            resolver.KeepNames(there, symbols);
            DependencyTree tree = resolver.ReadTree(there);
            inspection = inspection with { Dependencies = DependencyList.From(there, image.Path, tree, inspection.Dependencies) };
            bool isOfThisProcess = _root is null && there.Format == BinaryFormat.Elf;
            if (isOfThisProcess)
            {
                reasons.AddRange(_policy.Judge(there, tree, resolver.CheckWhole));
            }

            if (DependencyDiagnosis.FindMissing(there, tree, resolver) is { } missing
                && !(missing.Error == BinaryErrors.DependencyBroken && reasons.Exists(reason => reason.Error == missing.Error)))
            {
                reasons.Add(missing);
                inspection = tree.Missing.Count > 0
                    ? inspection
                    : inspection with { Unresolved = [.. resolver.FindMissingSymbols(tree).Select(symbol => symbol.Symbol).Distinct()] };
            }

            return isOfThisProcess ? AddProcess(inspection, there, tree, reasons) : inspection;
        }
        catch (BinaryException e)
        {
            // A library that is needed can be read, but its names cannot.
            reasons.Add(e.Reason);
            return inspection;
        }
    }

    /// <summary>Adds what this process makes of the file: figures, and a reason for each thing that it does not have or allow.</summary>
    private BinaryInspection AddProcess(BinaryInspection inspection, BinaryImage image, DependencyTree tree, List<BinaryReason> reasons)
    {
        (BinaryStaticTls? tls, BinaryReason? noTls) = ProcessDiagnosis.FindStaticTls(image, tree) ?? default;
        (BinaryProcess process, BinaryReason? noSpace) = ProcessDiagnosis.FindLimits(image, tree, libraryPath, _policies.Value);
        reasons.AddRange(new[] { ProcessDiagnosis.FindNoExec(image, tree), noTls, noSpace }.OfType<BinaryReason>());
        return inspection with { StaticTls = tls, Process = process };
    }

    /// <summary>
    /// The resolver that follows the loader of the file's system, and the file under its path there; null if there is no such resolver.
    /// </summary>
    private (DependencyResolver Resolver, BinaryImage Image)? Choose(BinaryImage image)
    {
        if (_root is null)
        {
            return image.Target == _process ? (_resolver, image) : null;
        }

        if (image.Format == BinaryFormat.Elf && image.Target.System != "Linux")
        {
            return null; // The loaders of these systems have rules of their own.
        }

        var root = new LibraryRoot(_root, image.Format);
        string path = root.ToOther(image.Path)
            ?? throw new ArgumentException($"The path '{image.Path}' does not lie below the root, '{_root}'.");
        BinaryImage there = image with { Path = path };
        if (image.Kind == BinaryKind.Executable && image.Format == BinaryFormat.MachO)
        {
            return (DependencyResolver.OfRoot(system, root, image.Target, path), there);
        }

        if (!_others.TryGetValue(image.Target, out DependencyResolver? resolver))
        {
            resolver = DependencyResolver.OfRoot(system, root, image.Target, executable: null);
            _others.Add(image.Target, resolver);
        }

        return (resolver, there);
    }

    private BinaryReason? FirstOfLoading(string path)
    {
        try
        {
            Preflight.Check(path, system, Required, options.AllowExecutableStack);
            return null;
        }
        catch (BinaryException e)
        {
            return e.Reason;
        }
    }
}
