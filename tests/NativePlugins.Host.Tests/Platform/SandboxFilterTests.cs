using System.Buffers.Binary;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using NativePlugins.Host.Platform;
using NativePlugins.Tests;

namespace NativePlugins.Host.Tests.Platform;

/// <summary>The filter of a sandbox, run by an interpreter of classic BPF: each call gets the verdict that its rules, written down here again, say.</summary>
public sealed class SandboxFilterTests
{
    private const uint X64 = 0xC000003E, Arm64 = 0xC00000B7, I386 = 0x40000003, Arm = 0x40000028;
    private const uint Allow = 0x7FFF0000, NotPermitted = 0x00050001, NotThere = 0x00050026;

    // The bits that mean something: namespaces, threads, what threads of the C library are made with, and the upper half.
    private static readonly ulong[] s_flags =
        [0x80, 0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000, 0x10000, 0x3D0F00, 17, 0x4111, 1UL << 32];

    private static readonly ulong[] s_words =
        [0, 1, 2, 3, 5, 6, 10, 16, 17, 38, 262, 0x801, 0x80001, 0x80002, 0x80005, 0x5412, 0x541C, 0x5413, 1UL << 32, (1UL << 32) | 0x5412, (1UL << 32) | 2, ulong.MaxValue];

    private static readonly Gen<ulong> s_argument = Gen.OneOf(
        Gen.Elements(s_words), Gen.SubListOf(s_flags).Select(bits => bits.Aggregate(0UL, (all, bit) => all | bit)), ArbMap.Default.GeneratorFor<ulong>());

    [Theory]
    [InlineData(X64)]
    [InlineData(Arm64)]
    public void Each_call_gets_the_verdict_that_the_rules_say(uint processor)
    {
        FilterInstruction[][] programs = [.. AllRules().Select(rules => SandboxFilter.Assemble(Numbers(processor), rules))];
        uint[] known = [.. SystemCallTable.Refused.Concat(SystemCallTable.Judged).Select(call => NumberOf(call, processor)).OfType<int>().Select(number => (uint)number)];
        Gen<uint> number = Gen.OneOf(
            Gen.Elements(known), Gen.Choose(0, 480).Select(n => (uint)n), Gen.Elements(known).Select(n => n | 0x40000000), ArbMap.Default.GeneratorFor<uint>());
        Gen<uint> architecture = Gen.Frequency((8, Gen.Constant(processor)), (1, Gen.Elements(X64, Arm64, I386, Arm)), (1, ArbMap.Default.GeneratorFor<uint>()));
        var calls =
            from rules in Gen.Elements(AllRules())
            from arch in architecture
            from nr in number
            from arguments in s_argument.ArrayOf(6)
            select (rules, arch, nr, arguments);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(50_000), Prop.ForAll(calls.ToArbitrary(), call =>
            Run(programs[Array.IndexOf(AllRules(), call.rules)], call.arch, call.nr, call.arguments) == Expected(processor, call.rules, call.arch, call.nr, call.arguments)));
    }

    [Theory]
    [InlineData(X64)]
    [InlineData(Arm64)]
    public void Each_number_there_is_gets_it(uint processor)
    {
        foreach (WorkerFilter rules in AllRules())
        {
            FilterInstruction[] program = SandboxFilter.Assemble(Numbers(processor), rules);
            for (uint number = 0; number < 1024; number++)
            {
                Assert.Equal((number, Expected(processor, rules, processor, number, new ulong[6])), (number, Run(program, processor, number, new ulong[6])));
            }
        }
    }

    [Theory]
    [InlineData(X64)]
    [InlineData(Arm64)]
    public void The_kernel_accepts_each_program_by_its_form(uint processor)
    {
        const int Most = 4096; // BPF_MAXINSNS
        foreach (FilterInstruction[] program in AllRules().Select(rules => SandboxFilter.Assemble(Numbers(processor), rules)))
        {
            Assert.InRange(program.Length, 1, Most);
            Assert.Equal(FilterInstruction.ReturnCode, program[^1].Code);
            Assert.All(program.Select((line, index) => (line, index)), place =>
                Assert.True(place.line.Code is FilterInstruction.ReturnCode or FilterInstruction.LoadCode or FilterInstruction.AndCode
                    || place.index + 1 + Math.Max(place.line.IfTrue, place.line.IfFalse) < program.Length));
        }
    }

    [Fact]
    public void An_instruction_is_packed_as_the_kernel_reads_it() =>
        Assert.Equal(0xC000003E_02_01_0015UL, new FilterInstruction(0x15, 1, 2, 0xC000003E).Packed);

    [HeaderTheory]
    [InlineData(X64, "asm/unistd_64.h", "x86_64-linux-gnu/asm/unistd_64.h")]
    [InlineData(Arm64, "asm-generic/unistd.h", "asm-generic/unistd.h")]
    public void The_numbers_are_those_of_the_systems_headers(uint processor, string header, string other)
    {
        string file = new[] { header, other }.Select(name => Path.Combine("/usr/include", name)).First(File.Exists);
        Dictionary<string, int> numbers = File.ReadLines(file).Select(line => line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words is ["#define", var name, var value, ..] && name.StartsWith("__NR_", StringComparison.Ordinal) && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .ToDictionary(words => words[1]["__NR_".Length..], words => int.Parse(words[2], CultureInfo.InvariantCulture));

        // Headers of an older kernel lack what came later.
        Assert.All(SystemCallTable.Refused.Concat(SystemCallTable.Judged).Where(call => numbers.ContainsKey(call.Name)), call => Assert.Equal((call.Name, numbers[call.Name]), (call.Name, NumberOf(call, processor))));
        Assert.All(SystemCallTable.Refused.Where(call => NumberOf(call, processor) is < 424), call => Assert.Contains(call.Name, numbers));
    }

    private static uint Expected(uint processor, WorkerFilter rules, uint architecture, uint number, ulong[] arguments)
    {
        if (architecture != processor || number >= 0x40000000)
        {
            return NotPermitted;
        }

        string? name = SystemCallTable.Refused.Concat(SystemCallTable.Judged).FirstOrDefault(call => NumberOf(call, processor) == number)?.Name;
        uint[] words = [.. arguments.Select(argument => (uint)argument)];
        bool isAllowed = name switch
        {
            null => true,
            "fork" or "vfork" or "execve" or "execveat" => rules.HasFlag(WorkerFilter.AllowProcesses),
            "clone" => (words[0] & 0x7E020000) == 0 && (rules.HasFlag(WorkerFilter.AllowProcesses) || (words[0] & 0x10000) != 0),
            "ioctl" => words[1] is not (0x5412 or 0x541C),
            "prlimit64" => arguments[2] == 0,
            "socketpair" => words[0] == 1,
            "socket" => rules.HasFlag(WorkerFilter.AllowNetwork) ? words[0] is 1 or 2 or 10 && (words[1] & 15) is 1 or 2 or 5
                : rules.HasFlag(WorkerFilter.AllowTcp) && words[0] is 2 or 10 && (words[1] & 15) == 1 && words[2] is 0 or 6,
            _ => false,
        };
        return number > 469 || name == "clone3" ? NotThere : isAllowed ? Allow : NotPermitted;
    }

    /// <summary>What the kernel does: BPF as in linux/filter.h, over struct seccomp_data.</summary>
    private static uint Run(FilterInstruction[] program, uint architecture, uint number, ulong[] arguments)
    {
        byte[] data = new byte[64];
        BinaryPrimitives.WriteUInt32LittleEndian(data, number);
        BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(4), architecture);
        for (int i = 0; i < arguments.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(16 + (8 * i)), arguments[i]);
        }

        uint accumulator = 0;
        for (int next = 0; ;)
        {
            FilterInstruction line = program[next++];
            switch (line.Code)
            {
                case 0x20:
                    accumulator = BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan((int)line.Operand));
                    break;
                case 0x54:
                    accumulator &= line.Operand;
                    break;
                case 0x06:
                    return line.Operand;
                default:
                    bool holds = line.Code switch
                    {
                        0x15 => accumulator == line.Operand,
                        0x25 => accumulator > line.Operand,
                        0x45 => (accumulator & line.Operand) != 0,
                        _ => throw new InvalidOperationException($"{line.Code}"),
                    };
                    next += holds ? line.IfTrue : line.IfFalse;
                    break;
            }
        }
    }

    private static WorkerFilter[] AllRules() =>
        [.. Enumerable.Range(0, 8).Select(bits => WorkerFilter.Filtered | (WorkerFilter)(bits << 1))];

    private static LinuxCallNumbers Numbers(uint processor) => processor == X64 ? LinuxCallNumbers.X64 : LinuxCallNumbers.Arm64;

    private static int? NumberOf(SystemCall call, uint processor) => processor == X64 ? call.X64 : call.Arm64;

    /// <summary>A test that reads the headers of the system calls.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class HeaderTheoryAttribute : TheoryAttribute
    {
        private static readonly string[] s_x64 = ["/usr/include/asm/unistd_64.h", "/usr/include/x86_64-linux-gnu/asm/unistd_64.h"];

        public HeaderTheoryAttribute() =>
            Skip = Array.Exists(s_x64, File.Exists) && File.Exists("/usr/include/asm-generic/unistd.h") ? null : "The kernel's headers for x64 and arm64 are not installed (linux-libc-dev).";
    }
}
