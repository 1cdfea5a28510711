using System.Text;

namespace NativePlugins.TestContracts;

/// <summary>The contract's properties in C#.</summary>
public class Settings : Work, ISettings
{
    private string _name = "";
    private string _secret = "";

    /// <inheritdoc/>
    public string Name
    {
        get => _name;
        set => _name = value == "refused" ? throw new ArgumentException("the name is refused", nameof(value)) : value;
    }

    /// <inheritdoc/>
    public int Level { get; set; }

    /// <inheritdoc/>
    public bool IsOn { get; set; }

    /// <inheritdoc/>
    public Mode Mode { get; set; }

    /// <inheritdoc/>
    public Box Box { get; set; }

    /// <inheritdoc/>
    public string Secret
    {
        set => _secret = value;
    }

    /// <inheritdoc/>
    public byte[] SecretBytes
    {
        get
        {
            byte[] bytes = Encoding.UTF8.GetBytes(_secret);
            Array.Reverse(bytes);
            return bytes;
        }
    }

    /// <inheritdoc/>
    public double Gain { get; set; }

    /// <inheritdoc/>
    public string Title { get; set; } = "";
}
