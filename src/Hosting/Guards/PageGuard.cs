using Microsoft.AspNetCore.Builder;

namespace BlueEdge.Hosting.Guards;

/// <summary>Says who may see a page of the process that is no part of the API, where the process knows who calls.</summary>
/// <param name="page">The page.</param>
/// <param name="isDashboard">Whether it is the dashboard, else it is the metrics.</param>
public delegate void PageGuard(IEndpointConventionBuilder page, bool isDashboard);
