using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace NativePlugins.Cli;

/// <summary>Reads a passphrase from a descriptor, or from the terminal without showing it. It is never an argument, and never written anywhere.</summary>
internal static class Passphrase
{
    private const int MaxLength = 1024;

    /// <param name="terminal">Where to ask.</param>
    /// <param name="question">What for.</param>
    /// <param name="isNew">Whether to ask a second time, as a mistake would lock the key up.</param>
    /// <returns>In UTF-8, not empty; the caller clears it.</returns>
    /// <exception cref="CliException">There is none.</exception>
    public static byte[] Read(HostTerminal terminal, string question, bool isNew)
    {
        if (terminal.Settings.Signing.PassphraseDescriptor is { } descriptor)
        {
            return ReadDescriptor(descriptor);
        }

        if (Console.IsInputRedirected)
        {
            throw CliErrors.NoPassphrase("a terminal to ask on, or --passphrase-fd N", "neither");
        }

        byte[] first = Ask(terminal, question);
        if (!isNew)
        {
            return first;
        }

        byte[] second = Ask(terminal, "once more");
        bool isSame = first.AsSpan().SequenceEqual(second);
        CryptographicOperations.ZeroMemory(second);
        return isSame ? first : throw CliErrors.NoPassphrase("the same passphrase twice", "two different ones");
    }

    private static byte[] ReadDescriptor(int descriptor)
    {
        byte[] buffer = new byte[MaxLength + 1];
        int length = 0;
        try
        {
            using var handle = new SafeFileHandle(descriptor, ownsHandle: false);
            using var stream = new FileStream(handle, FileAccess.Read, bufferSize: 0);

            // One byte at a time: what follows the line is somebody else's.
            while (length < buffer.Length && stream.Read(buffer, length, 1) == 1 && buffer[length] != (byte)'\n')
            {
                length++;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // That is what .NET makes of a descriptor that is closed.
            throw CliErrors.NoPassphrase($"a passphrase in descriptor {descriptor}", e is UnauthorizedAccessException ? "no descriptor of that number that is open for reading" : e.Message);
        }

        byte[] passphrase = buffer[..(length > 0 && buffer[length - 1] == (byte)'\r' ? length - 1 : length)];
        CryptographicOperations.ZeroMemory(buffer);
        return passphrase.Length is > 0 and <= MaxLength ? passphrase
            : throw CliErrors.NoPassphrase($"a passphrase of 1 to {MaxLength} bytes in descriptor {descriptor}", passphrase.Length == 0 ? "none" : "a longer one");
    }

    private static byte[] Ask(HostTerminal terminal, string question)
    {
        terminal.WriteError($"{Product.Name}: {question}: ");
        var typed = new StringBuilder(MaxLength);
        while (typed.Length < MaxLength)
        {
            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter || key is { Key: ConsoleKey.D, Modifiers: ConsoleModifiers.Control })
            {
                break;
            }

            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }

        terminal.WriteError("\n");
        byte[] passphrase = Encoding.UTF8.GetBytes(typed.ToString());
        typed.Clear();
        return passphrase.Length != 0 ? passphrase : throw CliErrors.NoPassphrase("a passphrase", "an empty one");
    }
}
