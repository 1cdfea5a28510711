namespace NativePlugins.Bench;

/// <summary>One run: the groups, one after the other, then the table and the file.</summary>
internal static class BenchRun
{
    public static int Run(BenchFiles files, BenchOptions options)
    {
        (string Name, Func<IEnumerable<ResultRow>> Run)[] groups =
        [
            ("start", () => StartGroup.Run(files, options)),
            ("load", () => LoadGroup.Run(files, options)),
            ("call", () => CallGroup.Run(files, options)),
            ("contract", () => ContractGroup.Run(files, options)),
            ("reload", () => ReloadGroup.Run(files, options)),
            ("edit", () => EditGroup.Run(files, options)),
            ("inspect", () => InspectGroup.Run(files, options)),
            ("size", () => SizeGroup.Run(files)),
        ];
        var chosen = groups.Where(group => options.Filter.IsMatch(group.Name)).ToList();
        if (chosen.Count == 0)
        {
            Console.Error.WriteLine($"--filter '{options.Filter}' matches none of {string.Join(", ", groups.Select(group => group.Name))}.");
            return 64;
        }

        try
        {
            List<ResultRow> rows = [.. chosen.SelectMany(group => group.Run())];
            Console.Out.Write(ResultTable.Format(rows));
            ResultFile.Write(files.Results, rows);
            Console.Out.WriteLine($"Medians; the ranges are min–max. The machine may be noisy: trust ratios, and no difference smaller than the ranges. All figures: {files.Relative(files.Results)}");
            return 0;
        }
        catch (InvalidOperationException failure)
        {
            Console.Error.WriteLine(failure.Message);
            return 70;
        }
    }
}
