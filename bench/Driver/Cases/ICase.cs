using BlueEdge.Driver.Processes;
using BlueEdge.Driver.Reports;

namespace BlueEdge.Driver.Cases;

/// <summary>One thing that is measured.</summary>
internal interface ICase
{
    /// <summary>What people type.</summary>
    string Name { get; }

    /// <summary>What is measured, in a sentence or two.</summary>
    string Description { get; }

    /// <summary>Whether its figures are medians of rounds in turns, as times are; counts are taken once.</summary>
    bool TakesTurns => true;

    /// <exception cref="BenchException">It could not be measured.</exception>
    Task<IReadOnlyList<Figure>> RunAsync(Workplace place);
}
