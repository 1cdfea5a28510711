using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace NativePlugins.Contracts.Interop;

/// <summary>An object of the caller's that goes along as a parameter. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Performance", "CA1815", Justification = "Two of these are never compared.")]
public readonly struct LentContract : IDisposable
{
    private readonly ContractExport? _export;

    private LentContract(ContractExport? export) => _export = export;

    /// <summary>The address of its table; 0 when there is no object.</summary>
    public nint Table => _export?.Table ?? 0;

    /// <summary>Makes an object callable for the time of the call.</summary>
    /// <typeparam name="T">The contract.</typeparam>
    /// <param name="target">The object, or null.</param>
    /// <param name="side">The caller's side.</param>
    /// <param name="name">The parameter.</param>
    /// <param name="isOptional">Whether it may be null.</param>
    /// <exception cref="ArgumentNullException">It is null and must not be.</exception>
    public static LentContract Of<T>(T? target, ContractSide side, string name, bool isOptional)
        where T : class, IPluginContract<T>
    {
        if (target is null)
        {
            return isOptional ? default : throw new ArgumentNullException(name);
        }

        return new LentContract(ContractExport.Create(target, side));
    }

    /// <summary>Ends the lending.</summary>
    public void Dispose() => _export?.Dispose();
}
